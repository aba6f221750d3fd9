import type { Effect } from "../process/step.js";

/**
 * What has happened of a step's effects when the process crashes in the middle of it: every prefix after
 * which something is still missing that somebody could notice, and within a broadcast every part
 * of its receivers, the loop over them having no particular order.
 *
 * A crash after the whole step is none of these, nor is one before it: those are crashes between steps.
 * Nor is one just before a decision, a proposal or a change of the timer: what has been decided can only
 * make a claim harder to keep, so the crash just after covers the one just before.
 *
 */
export function crashPoints(
  effects: readonly Effect[],
  { begun = false, atomic = false }: CrashPointOptions = {},
): readonly (readonly Effect[])[] {
  return effects
    .flatMap((effect, i) =>
      partsOf(effect, atomic).map((part) => [...effects.slice(0, i), ...part]),
    )
    .filter((happened) => begun || happened.some(lasts));
}

interface CrashPointOptions {
  /** The step has been noticed before its first effect, so that nothing more need have happened. */
  readonly begun?: boolean;
  /** A broadcast reaches all of its receivers, or none. */
  readonly atomic?: boolean;
}

/** What may have happened of an effect that a crash cuts short. */
function partsOf(effect: Effect, atomic: boolean): readonly (readonly Effect[])[] {
  switch (effect.type) {
    case "write":
      return [[]];
    case "send":
      if (atomic) return effect.to.length > 0 ? [[]] : [];
      return properSubsets(effect.to).map((to) => (to.length > 0 ? [{ ...effect, to }] : []));
    default:
      return [];
  }
}

/** Whether an effect outlives the process that had it. */
function lasts(effect: Effect): boolean {
  switch (effect.type) {
    case "send":
      return effect.to.length > 0;
    case "write":
    case "propose":
    case "decide":
      return true;
    default:
      return false;
  }
}

/** All subsets but the whole, the empty one first. */
function properSubsets<T>(items: readonly T[]): readonly (readonly T[])[] {
  const whole = 2 ** items.length - 1;
  return Array.from({ length: whole }, (_, chosen) =>
    items.filter((_, i) => (chosen & (1 << i)) !== 0),
  );
}
