import type { Outcome } from "../outcome.js";
import type { Cell, CellProperty, CellResult } from "./cell.js";
import { cellsToRun, isDecided, type MatrixRun } from "./run.js";

export type Fate = "refused" | "not-run" | "mistake" | "undecided" | "decided";

export function fateOf({ refusal }: Cell, result: CellResult | null): Fate {
  if (refusal !== null) return "refused";
  if (result === null) return "not-run";
  if (result.mistake !== null) return "mistake";
  return isDecided(result) ? "decided" : "undecided";
}

/** Another verdict than that which the scenario leads one to expect; without a scenario there is none. */
export function isSurprise({ verdict, expected }: CellProperty): boolean {
  return expected !== null && verdict !== "undecided" && verdict !== expected;
}

/** What a run comes to as a whole, the most serious first. */
export function matrixOutcome({ plan, shard, results, interrupted }: MatrixRun): Outcome {
  if (interrupted) return "interrupted";
  const cells = cellsToRun(plan, shard);
  const fates = cells.map((cell) => fateOf(cell, results[cell.index]!));
  if (fates.includes("mistake")) return "mistake";
  if (cells.some(({ index }) => results[index]?.properties.some(isSurprise))) return "unexpected";
  return fates.every((fate) => fate === "decided") ? "as-expected" : "undecided";
}
