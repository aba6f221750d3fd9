import { Mistake, type Model } from "../../model/index.js";
import { check } from "../check.js";
import { isUndecided } from "../outcome.js";
import { type Cell, type CellResult, cellResult, withoutResult } from "./cell.js";
import type { Plan } from "./plan.js";
import type { Limits } from "./request.js";

/** One of the parts into which a plan is divided, from 1. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}

/** A plan, and what is known of its cells. */
export interface MatrixRun {
  readonly plan: Plan;
  readonly shard: Shard | null;
  /** By place in the plan; null where a cell was not run. */
  readonly results: readonly (CellResult | null)[];
  readonly interrupted: boolean;
}

/** Searches one cell. What it rejects with ends the whole run: a cell's own troubles are results. */
export type Execute = (cell: Cell, signal: AbortSignal) => Promise<CellResult>;

export interface RunOptions {
  readonly execute: Execute;
  /** How many cells are run at the same time; 1 by default. Results do not depend on it. */
  readonly jobs?: number;
  readonly shard?: Shard | null;
  /** Ends the run; what was found so far is returned. */
  readonly signal?: AbortSignal;
  /** What is known of a cell from an earlier run. */
  readonly known?: (cell: Cell) => CellResult | null;
  readonly onStart?: (cell: Cell) => void;
  readonly onResult?: (cell: Cell, result: CellResult) => void;
}

/** The cells of a plan that are to be run, or those of one part of it: every `of`th. */
export function cellsToRun({ cells }: Plan, shard: Shard | null): Cell[] {
  const taken = cells.filter(({ refusal }) => refusal === null);
  return shard === null ? taken : taken.filter((_, i) => i % shard.of === shard.part - 1);
}

export async function runMatrix(plan: Plan, options: RunOptions): Promise<MatrixRun> {
  const { execute, jobs = 1, shard = null, known, onStart, onResult } = options;
  const signal = options.signal ?? new AbortController().signal;
  const results: (CellResult | null)[] = plan.cells.map(() => null);
  const waiting: Cell[] = [];
  for (const cell of cellsToRun(plan, shard)) {
    const result = known?.(cell) ?? null;
    results[cell.index] = result;
    if (result === null) waiting.push(cell);
  }
  const work = async () => {
    for (let cell = waiting.shift(); cell && !signal.aborted; cell = waiting.shift()) {
      onStart?.(cell);
      try {
        const result = await execute(cell, signal);
        results[cell.index] = result;
        onResult?.(cell, result);
      } catch (error) {
        waiting.length = 0;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, waiting.length) }, work));
  const unfinished = cellsToRun(plan, shard).some(({ index }) => {
    const result = results[index] ?? null;
    return result === null || result.stoppedBy === "interrupt";
  });
  return { plan, shard, results, interrupted: signal.aborted && unfinished };
}

/** Searches a cell in this process. */
export async function checkCell(
  model: Model,
  { parameters, faults, properties, scenario }: Cell,
  { maxStates, timeoutSeconds }: Limits,
  environment: { readonly signal?: AbortSignal; readonly maxMemoryBytes?: number } = {},
): Promise<CellResult> {
  try {
    const result = await check(model, {
      parameters,
      ...(model.takesFaults && faults !== null ? { faults } : {}),
      ...(properties.length > 0 ? { properties } : {}),
      ...(maxStates === null ? {} : { maxStates }),
      ...(timeoutSeconds === null ? {} : { timeoutSeconds }),
      ...environment,
    });
    return cellResult({ ...result, scenario });
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    const { code, message } = error;
    return withoutResult({ stoppedBy: "mistake", stopNote: null, mistake: { code, message } });
  }
}

/** Searches the cells of a plan in this process. */
export function inThisProcess(models: readonly Model[], { limits }: Plan): Execute {
  const byName = new Map(models.map((model) => [model.name, model]));
  return (cell, signal) => checkCell(byName.get(cell.model)!, cell, limits, { signal });
}

/** Whether a search gave each of its cell's properties a verdict. */
export function isDecided({ mistake, properties, complete }: CellResult): boolean {
  return mistake === null && !properties.some(isUndecided) && (complete || properties.length > 0);
}

/**
 * Whether the cell would come out the same under these limits. Of an undecided one that is known only
 * if the limit on states ended it: the clock and the memory may do better another time.
 */
export function isSameUnder(result: CellResult, before: Limits, now: Limits): boolean {
  if (isDecided(result)) return now.maxStates === null || result.states <= now.maxStates;
  return result.stoppedBy === "states" && before.maxStates === now.maxStates;
}
