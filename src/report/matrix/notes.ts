/** What a table of marks cannot say: why a cell does not apply, is undecided, or surprises. */

import { isSurprise } from "../../check/matrix/outcome.js";
import {
  type CellProperty,
  type CellResult,
  cellsToRun,
  fateOf,
  type MatrixRun,
  matrixOutcome,
} from "../../check/matrix.js";
import type { Ink } from "../paint.js";
import { STOPPED } from "../verdict.js";
import { counted } from "../words.js";
import { labelOf, type Row, type View } from "./view.js";

export interface Note {
  readonly title: string;
  readonly ink: Ink;
  readonly items: readonly string[];
}

export function notesOf({ groups }: View): Note[] {
  const rows = groups.flatMap(({ rows }) => rows);
  const notes: Note[] = [
    { title: "Not as expected", ink: "bad", items: rows.flatMap(surprises) },
    { title: "Mistakes in models", ink: "bad", items: rows.flatMap(mistakes) },
    { title: "Undecided", ink: "open", items: rows.flatMap(undecided) },
    { title: "Not applicable", ink: "faint", items: refusals(rows) },
  ];
  return notes.filter(({ items }) => items.length > 0);
}

function surprises({ cell, result }: Row): string[] {
  const found = (result?.properties ?? []).filter(isSurprise);
  return found.map(
    ({ name, verdict, expected }) =>
      `${labelOf(cell)}: ${name} ${said(verdict)}, expected to ${expected === "holds" ? "hold" : "be violated"} (scenario ${cell.scenario})`,
  );
}

const said = (verdict: CellProperty["verdict"]) => (verdict === "holds" ? "holds" : "is violated");

const mistakes = ({ cell, result }: Row) =>
  result?.mistake ? [`${labelOf(cell)}: ${result.mistake.message}`] : [];

function undecided({ cell, result, fate }: Row): string[] {
  if (fate === "not-run") return [`${labelOf(cell)}: it was not run`];
  if (fate !== "undecided" || result === null) return [];
  return [`${labelOf(cell)}: ${why(result)}`];
}

function why({ stoppedBy, stopNote }: CellResult): string {
  const reason =
    stoppedBy === "worker" ? "the process that searched it died" : stoppedBy && STOPPED[stoppedBy];
  return `${reason ?? "it ended early"}${stopNote ? ` (${stopNote})` : ""}`;
}

/** One item for each reason of each model. */
function refusals(rows: readonly Row[]): string[] {
  const settings = new Map<string, string[]>();
  for (const { cell } of rows) {
    if (cell.refusal === null) continue;
    const key = JSON.stringify([cell.model, cell.refusal]);
    settings.set(key, [...(settings.get(key) ?? []), labelOf(cell)]);
  }
  return [...settings].map(([key, labels]) => {
    const [model, refusal] = JSON.parse(key) as [string, string];
    if (labels.length === 1) return `${labels[0]}: ${refusal}`;
    return `${model}, ${counted(labels.length, "cell")}: ${refusal}`;
  });
}

/** The whole matrix in one line. */
export function conclusionOf(run: MatrixRun): { ink: Ink; text: string } {
  const { plan, shard, results } = run;
  const cells = cellsToRun(plan, shard);
  const fates = cells.map((cell) => fateOf(cell, results[cell.index]!));
  const ofThem = (fate: (typeof fates)[number]) => fates.filter((each) => each === fate).length;
  const surprising = cells.filter(({ index }) => results[index]?.properties.some(isSurprise));
  const expecting = cells.filter(({ scenario }) => scenario !== null).length;
  const open = fates.length - ofThem("decided");
  const all = `${counted(cells.length, "cell")}${shard ? `, part ${shard.part} of ${shard.of}` : ""}`;
  const surprise =
    surprising.length > 0 ? `NOT AS EXPECTED: ${counted(surprising.length, "cell")}. ` : "";
  switch (matrixOutcome(run)) {
    case "interrupted":
      return { ink: "open", text: `${all}. INTERRUPTED: ${open} of them undecided.` };
    case "mistake":
      return { ink: "bad", text: `${all}. A model has a mistake: see above. ${surprise}`.trim() };
    case "unexpected":
      return {
        ink: "bad",
        text: `${all}. ${surprise}${open > 0 ? `UNDECIDED: ${open}.` : ""}`.trim(),
      };
    case "undecided":
      return { ink: "open", text: `${all}. UNDECIDED: ${open} of them. This is no success.` };
    case "as-expected":
      return { ink: "good", text: `${all}, all decided.${expectation(expecting, cells.length)}` };
  }
}

function expectation(expecting: number, all: number): string {
  if (expecting === 0) return "";
  if (expecting === all) return " Every verdict is as expected.";
  const are = expecting === 1 ? "is a scenario of its model" : "are scenarios of their models";
  return ` ${counted(expecting, "cell")} ${are}, and as expected.`;
}
