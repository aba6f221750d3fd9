import type { Explorer } from "./explorer.js";
import { type Budget, Words } from "./words.js";

/**
 * The steps between the states that an exploration found, kept for questions about what can still
 * happen: for each state its successors and the instances that lead to them.
 */
export class Graph {
  readonly states: number;
  /** The steps of state i are those from offsets[i] up to offsets[i + 1]. */
  readonly #offsets: Int32Array;
  readonly #steps: Words;
  #count = 0;
  /** States with a successor that was found when there was no room for it any more. */
  readonly #open = new Set<number>();

  constructor(states: number, budget: Budget) {
    this.states = states;
    budget((states + 1) * 4);
    this.#offsets = new Int32Array(states + 1);
    this.#steps = new Words(budget);
  }

  /**
   * Collects the steps of all the states expanded.
   * @yields now and then
   * @throws OutOfMemory
   */
  *collect(explorer: Explorer): Generator<void> {
    const isExpanded = explorer.isExpanded();
    const { states } = this;
    function* expanded() {
      for (let state = 0; state < states; state++) if (isExpanded(state)) yield state;
    }
    let last = 0;
    yield* explorer.steps(expanded(), true, (from, to, instance) => {
      while (last < from) this.#offsets[++last] = this.#count;
      if (to < 0) {
        this.#open.add(from);
        return;
      }
      this.#steps.reserve(2 * this.#count + 2);
      this.#steps.view[2 * this.#count] = to;
      this.#steps.view[2 * this.#count + 1] = instance;
      this.#count++;
    });
    while (last < states) this.#offsets[++last] = this.#count;
  }

  /** Whether all the steps from a state are known. */
  isKnown(explorer: Explorer): (state: number) => boolean {
    const isExpanded = explorer.isExpanded();
    return (state) => isExpanded(state) && !this.#open.has(state);
  }

  /**
   * Adds to each state the marks of its successors, until nothing changes: a mark on a state then says
   * that a state which had it from the start can be reached.
   *
   * @param marks up to 32 marks a state, as bits
   * @param allowed by instance: whether its steps count
   * @yields now and then
   */
  *spread(marks: Int32Array, allowed: Uint8Array): Generator<void> {
    const offsets = this.#offsets;
    const steps = this.#steps.view;
    // Steps lead mostly to states found later, so that one pass from the last to the first does most.
    for (let changed = true; changed; ) {
      changed = false;
      for (let state = this.states - 1; state >= 0; state--) {
        const had = marks[state]!;
        if (had === -1) continue;
        let has = had;
        for (let i = offsets[state]!; i < offsets[state + 1]!; i++)
          if (allowed[steps[2 * i + 1]!] === 1) has |= marks[steps[2 * i]!]!;
        if (has !== had) {
          marks[state] = has;
          changed = true;
        }
        if ((state & 0xffff) === 0) yield;
      }
    }
  }

  /** The states that can be reached from one by the steps allowed, itself included. */
  reachableFrom(state: number, allowed: Uint8Array): ReadonlySet<number> {
    const offsets = this.#offsets;
    const steps = this.#steps.view;
    const seen = new Set([state]);
    for (const at of seen)
      for (let i = offsets[at]!; i < offsets[at + 1]!; i++)
        if (allowed[steps[2 * i + 1]!] === 1) seen.add(steps[2 * i]!);
    return seen;
  }
}

/**
 * The greatest breadth-first level of a complete exploration, whatever its order was.
 * @yields now and then
 */
export function* greatestLevel(explorer: Explorer): Generator<void, number> {
  const { count } = explorer.store;
  const seen = new Uint8Array(count);
  let frontier = Array.from({ length: explorer.initialStates }, (_, i) => i);
  for (const state of frontier) seen[state] = 1;
  for (let level = 0; ; level++) {
    const next: number[] = [];
    yield* explorer.steps(frontier, false, (_, to) => {
      if (seen[to] === 1) return;
      seen[to] = 1;
      next.push(to);
    });
    if (next.length === 0) return level;
    frontier = next;
  }
}
