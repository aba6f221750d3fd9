import type { Claim } from "../model/claim.js";
import type { Effect } from "../model/effects.js";
import type { Instance } from "../model/instance.js";
import { Mistake } from "../model/mistake.js";
import type { Program } from "../model/program.js";
import { Audit, type AuditLevel } from "./audit.js";
import { Expander, type Routines } from "./expander.js";
import { Layout } from "./layout.js";
import { NO_PARENT, Store } from "./store.js";
import { DEFAULT_TUNING, type Tuning } from "./tuning.js";
import { type Budget, OutOfMemory } from "./words.js";

/** Why the exploration ended; `complete` when the whole state space was seen. */
export type End = "complete" | "states" | "memory" | "mistake" | "decided";

export interface ExplorerOptions {
  readonly search: "bfs" | "dfs";
  readonly maxStates: number;
  readonly audit: AuditLevel;
  /** Go on to the end even when every watch has its answer. */
  readonly exhaust: boolean;
  readonly budget: Budget;
  readonly tuning?: Partial<Tuning>;
}

/** A claim that ends with the first state of which it has the answer looked for. */
export interface StateWatch {
  readonly claim: Claim;
  readonly lookingFor: boolean;
  /** Only states that have no successor are asked. */
  readonly deadlocksOnly: boolean;
  /** The state found. */
  found: number | null;
}

/** A claim about steps, false of the step found. */
export interface StepWatch {
  readonly claim: Claim;
  found: { readonly state: number; readonly instance: Instance; readonly effect: Effect } | null;
}

/** States that are asked about at a time, where that can be done ahead. */
const SURVEY_STATES = 1024;

/** Shown one step: the states' indices, and the index of the instance (if asked for). */
export type VisitStep = (from: number, to: number, instance: number) => void;

/**
 * Enumerates the reachable states, in slices, so that whoever runs it can breathe in between: `run` goes
 * on where it left off. Whatever happens inside, what was found so far stays valid.
 */
export class Explorer {
  readonly program: Program;
  readonly store: Store;
  readonly expander: Expander;
  readonly stateWatches: StateWatch[] = [];
  readonly stepWatches: StepWatch[] = [];
  end: End | null = null;
  mistake: { readonly mistake: Mistake; readonly state: number | null } | null = null;
  memoryMessage: string | null = null;
  /** Different initial states: the first ones found. */
  initialStates = 0;
  /** States expanded; with depth-first search they are not the first ones. */
  expanded = 0;
  /** The level (or the length of the path) that is being expanded. */
  depth = 0;
  readonly #options: ExplorerOptions;
  #levelEnd = 0;
  /** All states before this one have been asked the claims about states. */
  #asked = 0;
  readonly #stack: number[] = [];
  /** How deep each state on the stack lies. */
  readonly #depths: number[] = [];
  readonly #audit: Audit;

  constructor(program: Program, options: ExplorerOptions) {
    this.program = program;
    this.#options = options;
    const sizes = program.places.all.map((place) => place.values.length);
    const tuning = { ...DEFAULT_TUNING, ...options.tuning };
    this.store = new Store(Layout.dense(sizes), options.budget, tuning);
    this.expander = new Expander(
      program,
      this.store,
      () => this.#flush(),
      (claim, state, instance, effect) => {
        const watch = this.stepWatches.find((candidate) => candidate.claim === claim);
        if (watch) watch.found ??= { state, instance, effect };
      },
      () => this.#routines(),
      tuning,
    );
    this.#audit = new Audit(options.audit, program, this.expander);
  }

  watchStates(claim: Claim, lookingFor: boolean, deadlocksOnly = false): StateWatch {
    const watch: StateWatch = { claim, lookingFor, deadlocksOnly, found: null };
    this.stateWatches.push(watch);
    return watch;
  }

  /** @param claim one of the program's step claims */
  watchSteps(claim: Claim): StepWatch {
    const watch: StepWatch = { claim, found: null };
    this.stepWatches.push(watch);
    return watch;
  }

  get search(): "bfs" | "dfs" {
    return this.#options.search;
  }

  get transitions(): number {
    return this.expander.transitions;
  }

  /** States found and not yet expanded. */
  get frontier(): number {
    return this.store.count - this.expanded;
  }

  /** Goes on until the end or until `pause` says so; asked every few hundred states. */
  run(pause: () => boolean): void {
    if (this.end !== null) return;
    try {
      if (this.expanded === 0 && this.store.count === 0) this.#begin();
      if (this.#options.search === "bfs") this.#breadthFirst(pause);
      else this.#depthFirst(pause);
    } catch (error) {
      if (error instanceof OutOfMemory) {
        this.memoryMessage = error.message;
        this.end = "memory";
      } else if (error instanceof Mistake) {
        this.mistake = { mistake: error, state: this.#current };
        this.end = "mistake";
      } else throw error;
    }
  }

  /** After the last `run`: takes the successors that still wait into the store, as far as it has room. */
  finish(): void {
    try {
      this.#flush();
    } catch (error) {
      if (!(error instanceof OutOfMemory)) throw error;
      this.expander.length = 0;
    }
  }

  /** Ends the exploration for want of memory outside the store. */
  outOfMemory(message: string): void {
    this.memoryMessage = message;
    this.end = "memory";
  }

  /** The state that is being expanded or asked about. */
  #current: number | null = null;

  #begin(): void {
    const { layout } = this.store;
    const initial = this.program.initial;
    const batch = new Int32Array(initial.length * layout.words);
    for (const [i, ids] of initial.entries()) layout.pack(ids, batch, i * layout.words);
    this.#insert(batch, new Int32Array(initial.length).fill(NO_PARENT), initial.length);
    this.initialStates = this.store.count;
    this.#levelEnd = this.store.count;
    if (this.#options.search === "dfs")
      for (let i = this.store.count - 1; i >= 0; i--) this.#push(i, 0);
    this.#ask();
  }

  #breadthFirst(pause: () => boolean): void {
    const { store } = this;
    for (let turn = 1; this.end === null; turn++) {
      if (this.expanded === this.#levelEnd) {
        this.#flush();
        this.#ask();
        if (this.#stop()) return;
        if (this.expanded === store.count) {
          this.end = "complete";
          return;
        }
        this.depth++;
        this.#levelEnd = store.count;
      }
      const state = this.expanded;
      this.#expand(state);
      this.expanded++;
      this.#ask();
      if (this.#stop()) return;
      if (turn % 256 === 0 && pause()) return;
    }
  }

  #depthFirst(pause: () => boolean): void {
    const { store } = this;
    for (let turn = 1; this.end === null; turn++) {
      const state = this.#stack.pop();
      if (state === undefined) {
        this.end = "complete";
        return;
      }
      const depth = this.#depths.pop()!;
      const { count } = store;
      this.depth = Math.max(this.depth, depth);
      this.#expand(state);
      this.expanded++;
      this.#flush();
      for (let i = store.count - 1; i >= count; i--) this.#push(i, depth + 1);
      this.#ask();
      if (this.#stop()) return;
      if (turn % 256 === 0 && pause()) return;
    }
  }

  #push(state: number, depth: number): void {
    this.#stack.push(state);
    this.#depths.push(depth);
  }

  #expand(state: number): void {
    this.#current = state;
    const { expander } = this;
    const successors = this.#stutters(state)
      ? expander.expand(state)
      : expander.expandExhaustively(state);
    if (successors === 0) this.#askWatches(state, true);
    this.#audit.look(state, [...this.stateWatches, ...this.stepWatches]);
  }

  /**
   * Whether every claim about steps is true of the step that changes nothing here; then only the steps
   * that change something it reads need be asked.
   */
  #stutters(state: number): boolean {
    if (state >= this.#calmFrom && state < this.#calmUntil) return true;
    this.#calmFrom = state;
    const ahead =
      this.#options.search === "bfs"
        ? Math.min(state + SURVEY_STATES, this.store.count)
        : state + 1;
    this.#calmUntil = this.expander.survey("expanded", state, ahead);
    if (state < this.#calmUntil) return true;
    for (const { claim } of this.stepWatches)
      if (!claim.decided && !this.expander.holds(claim, state)) return false;
    return true;
  }

  /** Of the states from the first to before the second, every step to itself is known to be in order. */
  #calmFrom = 0;
  #calmUntil = 0;

  #routines(): Routines {
    return {
      found: this.stateWatches
        .filter(({ found, deadlocksOnly }) => found === null && !deadlocksOnly)
        .map(({ claim, lookingFor }) => ({ claim, usual: !lookingFor })),
      expanded: this.stepWatches
        .filter(({ claim }) => !claim.decided)
        .map(({ claim }) => ({ claim, usual: true })),
    };
  }

  #flush(): void {
    const { expander } = this;
    if (expander.length === 0) return;
    if (this.#visit) this.#show(this.#visit);
    else this.#insert(expander.batch.words, expander.batch.parents, expander.length);
    expander.length = 0;
  }

  #insert(words: Int32Array, parents: Int32Array, length: number): void {
    const { store } = this;
    const { maxStates } = this.#options;
    if (store.count + length <= maxStates) {
      store.insert(words, parents, length);
      return;
    }
    // One by one, until there would be more states than allowed.
    const [size, one] = [store.layout.words, new Int32Array(1)];
    for (let i = 0; i < length && !this.#limited; i++) {
      const state = words.subarray(i * size, (i + 1) * size);
      store.lookUp(state, 1, one);
      if (one[0]! >= 0) continue;
      if (store.count >= maxStates) this.#limited = true;
      else store.insert(state, parents.subarray(i, i + 1), 1);
    }
  }

  /** A state was found that there was no room for. */
  #limited = false;

  /** Asks the states found since the last time. */
  #ask(): void {
    const { store } = this;
    if (this.#asked === store.count) return;
    for (;;) {
      this.#asked = this.expander.survey("found", this.#asked, store.count);
      if (this.#asked === store.count) return;
      this.#current = this.#asked;
      this.#askWatches(this.#asked, false);
      this.#asked++;
    }
  }

  #askWatches(state: number, deadlock: boolean): void {
    for (const watch of this.stateWatches) {
      if (watch.found !== null || watch.deadlocksOnly !== deadlock) continue;
      if (this.expander.holds(watch.claim, state) !== watch.lookingFor) continue;
      watch.found = state;
      watch.claim.decided = true;
      this.expander.recompileSoon();
    }
  }

  #stop(): boolean {
    if (this.#limited) this.end = "states";
    else if (!this.#options.exhaust && this.#allDecided()) this.end = "decided";
    return this.end !== null;
  }

  #allDecided(): boolean {
    return (
      this.stateWatches.every(({ found }) => found !== null) &&
      this.stepWatches.every(({ found }) => found !== null)
    );
  }

  /**
   * Walks the steps out of states that have been expanded, once more.
   *
   * @param states in any order, repetitions included; may go on while steps are shown
   * @param loops also steps from a state to itself, and whose each step is
   * @yields now and then, for the caller to breathe; steps may be shown late, but all by the end
   */
  *steps(states: Iterable<number>, loops: boolean, visit: VisitStep): Generator<void> {
    const { expander } = this;
    const { transitions } = expander;
    this.#visit = visit;
    expander.recordsAll = loops;
    try {
      let turn = 0;
      for (const state of states) {
        expander.expand(state);
        if (++turn % 1024 === 0) yield;
      }
      this.#flush();
    } finally {
      expander.length = 0;
      expander.recordsAll = false;
      expander.transitions = transitions;
      this.#visit = null;
    }
  }

  #visit: VisitStep | null = null;

  #show(visit: VisitStep): void {
    const { batch, length } = this.expander;
    const targets = new Int32Array(length);
    this.store.lookUp(batch.words, length, targets);
    for (let i = 0; i < length; i++) visit(batch.parents[i]!, targets[i]!, batch.instances[i]!);
  }

  /** Which states have been expanded; all, when the exploration is complete. */
  isExpanded(): (state: number) => boolean {
    if (this.#options.search === "bfs") return (state) => state < this.expanded;
    const waiting = new Set(this.#stack);
    return (state) => !waiting.has(state);
  }
}
