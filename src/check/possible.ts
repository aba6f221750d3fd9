import type { Explorer } from "../engine/explorer.js";
import { Graph } from "../engine/graph.js";
import type { Budget } from "../engine/words.js";
import type { Claim } from "../model/claim.js";
import type { AlwaysPossible } from "../model/index.js";

/** A state from which a goal is out of reach, whose goals those are, and how many states it is caught in. */
export interface Trapped {
  readonly state: number;
  readonly whose: readonly unknown[];
  readonly caughtIn: number;
}

/** Goals that are looked at together, one mark each. */
const GOALS_AT_ONCE = 31;

/**
 * From every state found, can the goal still be reached? A state whose steps are not all known might lead
 * anywhere, so of an incomplete exploration a trapped state is certain, and no trapped state is not.
 *
 * @yields now and then
 * @returns the first state found (the nearest, under breadth-first search) that is trapped
 * @throws Mistake when the goal throws, OutOfMemory
 */
export function* firstTrapped(
  explorer: Explorer,
  graph: Graph,
  { name, by, goal, using }: AlwaysPossible,
): Generator<void, Trapped | null> {
  const { program } = explorer;
  const isKnown = graph.isKnown(explorer);
  const goals = (by ?? [undefined]).map((who) => ({
    who,
    claim: program.claim(by ? `${name} of ${String(who)}` : name, (state) =>
      goal(state as Parameters<typeof goal>[0], who),
    ),
  }));
  let first: number | null = null;
  const allowed = Uint8Array.from(program.instances, ({ action }) =>
    using === undefined || using(action) ? 1 : 0,
  );
  for (let from = 0; from < goals.length; from += GOALS_AT_ONCE) {
    const group = goals.slice(from, from + GOALS_AT_ONCE);
    const all = 2 ** group.length - 1;
    const marks = new Int32Array(graph.states);
    for (let state = 0; state < graph.states; state++) {
      let mark = 0;
      if (!isKnown(state)) mark = all;
      else
        for (const [i, { claim }] of group.entries())
          if (explorer.expander.holds(claim, state)) mark |= 1 << i;
      marks[state] = mark;
      if ((state & 0x3ff) === 0) yield;
    }
    yield* graph.spread(marks, allowed);
    const state = marks.findIndex((mark) => mark !== all);
    if (state >= 0 && (first === null || state < first)) first = state;
  }
  if (first === null) return null;
  const caughtIn = [...graph.reachableFrom(first, allowed)];
  const isOut = (claim: Claim) => !caughtIn.some((s) => explorer.expander.holds(claim, s));
  const whose = goals.filter(({ claim }) => isOut(claim)).map(({ who }) => who);
  return { state: first, whose, caughtIn: caughtIn.length };
}

/** @yields now and then; @throws OutOfMemory */
export function* graphOf(explorer: Explorer, budget: Budget): Generator<void, Graph> {
  const graph = new Graph(explorer.store.count, budget);
  yield* graph.collect(explorer);
  return graph;
}
