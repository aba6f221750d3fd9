import { mistake } from "../../model/index.js";
import type { CellResult } from "./cell.js";
import { isDecided, type MatrixRun } from "./run.js";

/** A run, and the file that it was read from. */
export interface ReadRun {
  readonly run: MatrixRun;
  readonly file: string;
}

/**
 * The parts of one plan put together again.
 * @throws Mistake when they are of different plans, or two of them disagree about a cell
 */
export function mergeRuns(parts: readonly [ReadRun, ...ReadRun[]]): MatrixRun {
  const [first, ...others] = parts;
  const { plan } = first.run;
  const results = [...first.run.results];
  for (const { run, file } of others) {
    if (run.plan.id !== plan.id)
      throw mistake("matrix-not-merged", {
        what: `${first.file} and ${file} are not of the same plan`,
        where: differenceOf(first.run, run),
      });
    for (const [index, result] of run.results.entries()) {
      const before = results[index]!;
      if (before && result && disagree(before, result))
        throw mistake("matrix-not-merged", {
          what: `${file} has another result for cell ${index + 1}`,
          where: `${plan.cells[index]!.model}, in a file before it`,
        });
      results[index] = better(before, result);
    }
  }
  return { plan, shard: null, results, interrupted: false };
}

function better(a: CellResult | null, b: CellResult | null): CellResult | null {
  if (a === null || b === null) return a ?? b;
  return isDecided(b) && !isDecided(a) ? b : a;
}

const disagree = (a: CellResult, b: CellResult) =>
  isDecided(a) && isDecided(b) && JSON.stringify(a) !== JSON.stringify(b);

function differenceOf({ plan: a }: MatrixRun, { plan: b }: MatrixRun): string {
  const names = (plan: typeof a) => plan.models.map(({ name }) => name).join(", ");
  if (names(a) !== names(b)) return `the models differ: ${names(a)} and ${names(b)}`;
  if (JSON.stringify(a.limits) !== JSON.stringify(b.limits)) return "the limits differ";
  if (a.models.some(({ code }, i) => code !== b.models[i]!.code))
    return "the code of Faultline or of a model has changed in between";
  return "the parameters, failures or properties differ";
}
