/** All combinations of models, failures and parameters, each checked by itself. */
import type { Model } from "../model/index.js";
import { planMatrix } from "./matrix/plan.js";
import type { MatrixRequest } from "./matrix/request.js";
import { inThisProcess, type MatrixRun, type RunOptions, runMatrix } from "./matrix/run.js";

export type { Cell, CellProperty, CellResult, PlainStep } from "./matrix/cell.js";
export { mergeRuns, type ReadRun } from "./matrix/merge.js";
export { type Fate, fateOf, matrixOutcome } from "./matrix/outcome.js";
export { type Plan, type PlannedModel, planMatrix } from "./matrix/plan.js";
export type { Axes, Limits, MatrixModel, MatrixRequest } from "./matrix/request.js";
export {
  cellsToRun,
  type Execute,
  type MatrixRun,
  type RunOptions,
  runMatrix,
  type Shard,
} from "./matrix/run.js";

export interface CheckMatrixRequest extends Omit<MatrixRequest, "models"> {
  readonly models: readonly Model[];
}

/**
 * Checks every combination, one after the other in this process, or as `execute` says.
 * @throws Mistake for a combination that cannot be planned; what goes wrong later is a cell's result
 */
export async function checkMatrix(
  { models, ...request }: CheckMatrixRequest,
  options: Partial<RunOptions> = {},
): Promise<MatrixRun> {
  const plan = planMatrix({ ...request, models: models.map((model) => ({ model })) });
  return runMatrix(plan, { execute: inThisProcess(models, plan), ...options });
}
