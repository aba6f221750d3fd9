import { Map as ImmutableMap, Set as ImmutableSet } from "immutable";
import type { Action, StateRecord, TransitionSystem } from "../../src/model/index.js";

/** What the naive explorer finds: enough to hold every mode of the engine against. */
export interface Reference<S> {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** Every reachable state with its breadth-first level. */
  readonly level: ImmutableMap<S, number>;
}

/** All the steps from a state, as the functions of the model say, one call each. */
export function successors<S, C>(
  { actions, config }: TransitionSystem<S, C>,
  state: S,
): { action: Action<S, C, unknown>; who: unknown; next: S }[] {
  return actions.flatMap((action) =>
    actors(action, state, config)
      .filter((who) => action.when(state, who, config))
      .flatMap((who) => {
        const next = action.then(state, who, config);
        return (Array.isArray(next) ? (next as S[]) : [next as S]).map((n) => ({
          action,
          who,
          next: n,
        }));
      }),
  );
}

function actors<S, C>({ by }: Action<S, C, unknown>, state: S, config: C): unknown[] {
  if (by === null) return [undefined];
  if (typeof by === "function") return [...by(config)];
  if ("membersOf" in by) {
    const collection = by.membersOf(state);
    return ImmutableSet.isSet(collection) ? collection.toArray() : [...collection.keys()];
  }
  return [...by];
}

/**
 * Breadth-first search in the plainest way: Immutable values in an Immutable map, every function
 * called on every state. Slow, and too simple to be wrong.
 *
 * @returns null when there are more than `maxStates`
 */
export function explore<S = StateRecord, C = unknown>(
  system: TransitionSystem<S, C>,
  maxStates = Number.POSITIVE_INFINITY,
): Reference<S> | null {
  const level = ImmutableMap<S, number>().asMutable();
  for (const state of system.initial) level.set(state, 0);
  let frontier = [...level.keys()];
  let transitions = 0;
  for (let depth = 0; ; depth++) {
    const next: S[] = [];
    for (const state of frontier)
      for (const step of successors(system, state)) {
        transitions++;
        if (level.has(step.next)) continue;
        level.set(step.next, depth + 1);
        next.push(step.next);
      }
    if (level.size > maxStates) return null;
    if (next.length === 0)
      return { states: level.size, transitions, depth, level: level.asImmutable() };
    frontier = next;
  }
}
