import { readFile } from "node:fs/promises";
import { cellsToRun, type MatrixRun, matrixOutcome, mergeRuns } from "../../check/index.js";
import { type Model, mistake } from "../../model/index.js";
import { counted, hanging, labelOf, readMatrix } from "../../report/index.js";
import type { Command } from "../command.js";
import { exitCodeOf } from "../exit.js";
import { loadModel } from "../load.js";
import { codeOf } from "../matrix/code.js";
import { destinationOf, OUTPUT_OPTIONS, writeMatrix } from "../matrix/output.js";
import type { Output } from "../terminal.js";
import { UsageError } from "../usage.js";

/** As many missing cells are named; the table has them all. */
const MOST_NAMED = 10;

const command: Command = {
  signature: "merge PART...",
  summary: "Put the parts of a matrix together again, as if it had been run in one piece",
  examples: [
    ["merge part1.json part2.json", "what `matrix --shard 1/2 --format json` and 2/2 wrote"],
    ["merge part*.json --format markdown --output matrix.md", "the whole table in a file"],
  ],
  epilogue:
    "Exit status: as that of `faultline matrix`; 2 also where the files are of different plans, 3 where cells are missing.",

  async options() {
    return OUTPUT_OPTIONS;
  },

  async run(given, terminal) {
    const destination = await destinationOf(given);
    const files = [...new Set(given.operands)];
    const parts = await Promise.all(
      files.map(async (file) => readMatrix(await contentsOf(file), file)),
    );
    const run = mergeRuns(parts as [(typeof parts)[number], ...typeof parts]);
    const models = destination.folder === undefined ? new Map() : await modelsOf(run);
    tellMissing(run, terminal.err);
    await writeMatrix(run, destination, (name) => models.get(name)!, terminal);
    return exitCodeOf(matrixOutcome(run));
  },
};

export default command;

async function contentsOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
    const what =
      cause.code === "ENOENT"
        ? "there is no such file"
        : cause.code === "EISDIR"
          ? "it is a folder"
          : `it cannot be read, ${cause.code}`;
    throw mistake("matrix-not-read", { what, where: file, cause });
  });
}

/** Pages are told by the models; another model would tell another story. */
async function modelsOf({ plan }: MatrixRun): Promise<ReadonlyMap<string, Model>> {
  const models = new Map<string, Model>();
  for (const { name, word, code } of plan.models) {
    if ((await codeOf(word)) !== code)
      throw new UsageError(
        `--traces needs the code that gave the verdicts, and ${word} is another`,
        ["run it where the parts were run, or leave --traces out"],
      );
    models.set(name, await loadModel(word));
  }
  return models;
}

function tellMissing(run: MatrixRun, err: Output): void {
  const missing = cellsToRun(run.plan, null).filter(({ index }) => run.results[index] === null);
  if (missing.length === 0) return;
  const more = missing.length - MOST_NAMED;
  const lines = [
    ...hanging("", `${counted(missing.length, "cell")} missing, in none of the files:`, err.width),
    ...missing.slice(0, MOST_NAMED).flatMap((cell) => hanging("  ", labelOf(cell), err.width)),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
  err.write(`${lines.join("\n")}\n`);
}
