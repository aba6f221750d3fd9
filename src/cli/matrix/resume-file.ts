/**
 * What a matrix has found, kept so that a run that was ended can go on: a line that says what the file
 * is, and one for each cell. Lines are only ever added, so a process that dies in the middle of one
 * leaves all that stood before it.
 */
import { appendFileSync } from "node:fs";
import { readFile, truncate, writeFile } from "node:fs/promises";
import type { Cell, CellResult, Limits, Plan } from "../../check/index.js";
import { digest } from "../../check/matrix/plan.js";
import { isDecided, isSameUnder } from "../../check/matrix/run.js";
import { Mistake, mistake } from "../../model/index.js";
import { documentIn, type Field, mustBeVersion, readCellResult } from "../../report/index.js";
import { cannotWrite, ensureWritable } from "../output-file.js";

const VERSION = 1;
const HEADER = `${JSON.stringify({ resume: "faultline matrix", version: VERSION })}\n`;

/** All that a result depends on, besides the limits. */
type Subject = Pick<Cell, "model" | "parameters" | "faults" | "scenario" | "properties"> & {
  readonly code: string;
};

interface Known {
  readonly limits: Limits;
  readonly result: CellResult;
}

export class ResumeFile {
  readonly #file: string;
  readonly #plan: Plan;
  readonly #known: ReadonlyMap<string, Known>;

  private constructor(file: string, plan: Plan, known: ReadonlyMap<string, Known>) {
    this.#file = file;
    this.#plan = plan;
    this.#known = known;
  }

  /**
   * A file that is not there is begun.
   * @throws Mistake (matrix-not-read) for a file that is none of these, which is left as it is;
   *   UsageError where it cannot be written
   */
  static async open(file: string, plan: Plan): Promise<ResumeFile> {
    await ensureWritable(file);
    const contents = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw cannotWrite(file, error);
    });
    const lines = contents.split("\n").slice(0, -1);
    if (lines.length === 0) {
      if (!HEADER.startsWith(contents))
        throw mistake("matrix-not-read", { what: "`--resume` did not write it", where: file });
      await writeFile(file, HEADER).catch((error) => {
        throw cannotWrite(file, error);
      });
      return new ResumeFile(file, plan, new Map());
    }
    mustBeHeader(lines[0]!, file);
    const { known, whole } = readLines(lines, file);
    const kept = Buffer.byteLength(lines.slice(0, whole).join("\n")) + 1;
    if (kept < Buffer.byteLength(contents)) await truncate(file, kept);
    return new ResumeFile(file, plan, known);
  }

  /** The result of a cell, if it was found before and would be found again. */
  readonly known = (cell: Cell): CellResult | null => {
    const found = this.#known.get(digest(this.#subject(cell)));
    return found && isSameUnder(found.result, found.limits, this.#plan.limits)
      ? found.result
      : null;
  };

  /** Undecided cells are not kept, unless they will be undecided again. */
  readonly add = (cell: Cell, result: CellResult): void => {
    if (!isDecided(result) && result.stoppedBy !== "states") return;
    const line = { ...this.#subject(cell), limits: this.#plan.limits, result };
    try {
      appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
    } catch (error) {
      throw cannotWrite(this.#file, error as NodeJS.ErrnoException);
    }
  };

  #subject({ model, parameters, faults, scenario, properties }: Cell): Subject {
    const { code } = this.#plan.models.find(({ name }) => name === model)!;
    return { model, code, parameters, faults, scenario, properties };
  }
}

function mustBeHeader(line: string, file: string): void {
  const header = documentIn(line, file, "matrix-not-read");
  if (!header.has("resume")) throw header.wrong("`--resume` did not write it");
  mustBeVersion(header, VERSION);
}

/** Of a process that was killed the last line may be broken; any other is not its doing. */
function readLines(lines: readonly string[], file: string) {
  const known = new Map<string, Known>();
  for (let i = 1; i < lines.length; i++) {
    try {
      const line = documentIn(lines[i]!, `${file}, line ${i + 1}`, "matrix-not-read");
      const limits = line.at("limits").object() as unknown as Limits;
      const result = readCellResult(line.at("result"));
      known.set(digest(subjectIn(line)), { limits, result });
    } catch (error) {
      if (error instanceof Mistake && i === lines.length - 1) return { known, whole: i };
      throw error;
    }
  }
  return { known, whole: lines.length };
}

function subjectIn(line: Field): Subject {
  return {
    model: line.at("model").text(),
    code: line.at("code").text(),
    parameters: line.at("parameters").object() as Cell["parameters"],
    faults: line.at("faults").textOrNull(),
    scenario: line.at("scenario").textOrNull(),
    properties: line.at("properties").data as readonly string[],
  };
}
