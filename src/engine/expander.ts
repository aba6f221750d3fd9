import type { Claim } from "../model/claim.js";
import type { Effect, UpdateTable } from "../model/effects.js";
import type { Instance, Outcome } from "../model/instance.js";
import type { Program, Vector } from "../model/program.js";
import { type Branch, LEAF, NODE } from "../model/tree.js";
import { type Compiled, compile } from "./compile.js";
import type { Store } from "./store.js";
import { compileSurvey, type Survey } from "./survey.js";
import type { Tuning } from "./tuning.js";
import { isSmall, type Routine } from "./writer.js";

/** An effect in terms of packed words: what stays, what is put in, and what is looked up. */
interface PackedEffect {
  readonly keep: Int32Array;
  readonly put: Int32Array;
  readonly updates: readonly PackedUpdate[];
}

interface PackedUpdate {
  readonly variable: number;
  readonly table: UpdateTable;
}

/**
 * Compiling so many characters takes about as long as walking the trees of one state: it is worth while
 * after so many states that the walking has cost as much.
 */
const CHARACTERS_A_STATE = 50;

/** The claims that are asked of every state: when it is found, and (of a step to itself) when expanded. */
export interface Routines {
  readonly found: readonly Routine[];
  readonly expanded: readonly Routine[];
}

/** Told of a step that a claim about steps is false of. */
export type StepRefuted = (claim: Claim, state: number, instance: Instance, effect: Effect) => void;

/**
 * Generates the successors of states: walks the decision trees on the packed words, calls the model where
 * a tree has not grown yet, and collects what comes out in a batch. Once nothing new has happened for a
 * while the trees are compiled to straight JavaScript.
 */
export class Expander {
  readonly batch: { words: Int32Array; parents: Int32Array; instances: Int32Array };
  /** Successors in the batch that nobody has taken yet. */
  length = 0;
  /** Successors generated so far; those equal to their state are counted, and not put into the batch. */
  transitions = 0;
  /** Keep steps from a state to itself in the batch, and note whose they are (for the graph's sake). */
  recordsAll = false;
  readonly #program: Program;
  readonly #store: Store;
  /** Takes the successors out of the batch. */
  readonly #flush: () => void;
  readonly #refuted: StepRefuted;
  readonly #routines: () => Routines;
  #packed: (PackedEffect | undefined)[] = [];
  #compiled: Compiled | null = null;
  #recording: Compiled | null = null;
  #surveys: { readonly found: Survey; readonly expanded: Survey } | null = null;
  #calm = 0;
  #calmNeeded: number;
  readonly #tuning: Tuning;
  #handedBack = 0;
  #seen = -1;
  #exhaustive = false;

  constructor(
    program: Program,
    store: Store,
    flush: () => void,
    refuted: StepRefuted,
    routines: () => Routines,
    tuning: Tuning,
  ) {
    this.#routines = routines;
    this.#tuning = tuning;
    this.#calmNeeded = tuning.calm;
    this.#program = program;
    this.#store = store;
    this.#flush = flush;
    this.#refuted = refuted;
    this.batch = this.#newBatch();
  }

  #newBatch(states = this.#tuning.batch) {
    return {
      words: new Int32Array(states * this.#store.layout.words),
      parents: new Int32Array(states),
      instances: new Int32Array(states),
    };
  }

  /**
   * Puts all successors of a state into the batch.
   * @returns how many there are
   * @throws Mistake from the model, OutOfMemory
   */
  expand(state: number): number {
    const before = this.transitions;
    const compiled = this.recordsAll ? this.#recording : this.#compiled;
    if (compiled?.revision === this.#program.revision) this.#expandCompiled(state, compiled);
    else {
      this.#expandFrom(state, 0);
      this.#growCalm();
    }
    return this.transitions - before;
  }

  /** As `expand`, asking every claim about steps of every step, settled or not. */
  expandExhaustively(state: number): number {
    const before = this.transitions;
    this.#exhaustive = true;
    try {
      this.#expandFrom(state, 0);
    } finally {
      this.#exhaustive = false;
    }
    return this.transitions - before;
  }

  #expandFrom(state: number, from: number): void {
    const { instances } = this.#program;
    for (let k = from; k < instances.length; k++) this.#walk(instances[k]!, state);
  }

  #expandCompiled(state: number, compiled: Compiled): void {
    const { words } = this.#store.layout;
    for (const block of compiled.blocks) {
      if (block.run === null) {
        this.#walk(this.#program.instances[block.first]!, state);
        if (!this.#isCurrent(compiled)) {
          this.#expandFrom(state, block.first + 1);
          return;
        }
        continue;
      }
      if (this.length + block.successorsMax > this.batch.parents.length) this.#flush();
      const { control } = compiled;
      control[0] = 0;
      const { length } = this;
      const end = block.run(this.#store.states, state * words, this.batch.words, length * words);
      this.length = (end < 0 ? ~end : end) / words;
      for (let i = length; i < this.length; i++) this.batch.parents[i] = state;
      this.transitions += this.length - length + control[0]!;
      if (end < 0) {
        this.#handBack(state, control[1]!, block.last, compiled);
        if (!this.#isCurrent(compiled)) {
          this.#expandFrom(state, block.last + 1);
          return;
        }
      }
    }
    if (compiled.until < this.#program.instances.length) this.#expandFrom(state, compiled.until);
  }

  #isCurrent(compiled: Compiled): boolean {
    const current = this.recordsAll ? this.#recording : this.#compiled;
    return current === compiled && compiled.revision === this.#program.revision;
  }

  /** Compiled code met something that it does not know, at one instance: the rest of its block is walked. */
  #handBack(state: number, from: number, to: number, compiled: Compiled): void {
    for (let k = from; k <= to; k++) this.#walk(this.#program.instances[k]!, state);
    if (this.#isCurrent(compiled) && ++this.#handedBack > this.#tuning.handedBack)
      this.#recompile();
  }

  #growCalm(): void {
    if (this.#seen !== this.#program.modelCalls) {
      this.#seen = this.#program.modelCalls;
      this.#calm = 0;
    } else if (++this.#calm >= this.#calmNeeded) this.#recompile();
  }

  #recompile(): void {
    this.#calm = 0;
    this.#handedBack = 0;
    const { layout } = this.#store;
    if (this.recordsAll) {
      this.#recording = compile(this.#program, layout, this.#tuning, this.batch.instances);
      return;
    }
    const { found, expanded } = this.#routines();
    this.#compiled = compile(this.#program, layout, this.#tuning);
    this.#calmNeeded = Math.max(this.#tuning.calm, this.#compiled.characters / CHARACTERS_A_STATE);
    this.#surveys = {
      found: compileSurvey(found, this.#program, layout, this.#tuning),
      expanded: compileSurvey(expanded, this.#program, layout, this.#tuning),
    };
  }

  /** One instance's successors, asking the model as often as it takes. */
  #walk(instance: Instance, state: number): void {
    while (!this.#tryWalk(instance, state));
  }

  #tryWalk(instance: Instance, state: number): boolean {
    const { layout, states } = this.#store;
    const base = state * layout.words;
    let branch: Branch<Outcome> | undefined = instance.tree.root;
    while (branch !== undefined && branch.kind === NODE) {
      const v: number = branch.slot >> 1;
      branch =
        branch.edges[(states[base + layout.word[v]!]! >>> layout.shift[v]!) & layout.mask[v]!];
    }
    if (branch === undefined || branch.kind !== LEAF) {
      this.#evaluate(instance, state);
      return false;
    }
    const outcome = branch.outcome!;
    if (outcome.length === 0) return true;
    if (this.length + outcome.length > this.batch.parents.length) {
      this.#flush();
      if (outcome.length > this.batch.parents.length) {
        Object.assign(this.batch, this.#newBatch(outcome.length));
        this.#recording = null;
      }
      return false;
    }
    const { length, transitions } = this;
    for (const effect of outcome) {
      const missing = this.#put(effect, states, base, state, instance);
      if (missing === null) continue;
      this.length = length;
      this.transitions = transitions;
      missing();
      return false;
    }
    return true;
  }

  /** Calls the model; afterwards nothing may lie where it lay. */
  #evaluate(instance: Instance, state: number): void {
    const vector = this.vector(state);
    const { revision } = this.#program;
    this.#program.evaluate(instance, vector);
    this.#settle(revision);
  }

  /** Gives the store room for what the model's answer brought. */
  #settle(revision: number): void {
    const sizes = this.#program.places.all.map((place) => place.values.length);
    const { layout } = this.#store;
    if (sizes.length === layout.variables && layout.fits(sizes)) {
      if (this.#program.revision !== revision) this.#forget();
      return;
    }
    this.#flush();
    this.#store.widen(sizes);
    this.#forget();
    if (this.#store.layout.words !== layout.words) Object.assign(this.batch, this.#newBatch());
  }

  /** A claim has its answer: what was compiled would go on asking. */
  recompileSoon(): void {
    this.#compiled = null;
    this.#recording = null;
    this.#surveys = null;
  }

  #forget(): void {
    this.recompileSoon();
    this.#packed = [];
    this.#calm = 0;
  }

  /**
   * Writes one successor into the batch.
   * @returns null, or what to do before the instance is tried again
   */
  #put(
    effect: Effect,
    states: Int32Array,
    base: number,
    state: number,
    instance: Instance,
  ): (() => void) | null {
    const { layout } = this.#store;
    const { words } = layout;
    const batch = this.batch.words;
    const at = this.length * words;
    let packed = this.#packed[effect.index];
    if (packed === undefined) {
      packed = this.#pack(effect);
      this.#packed[effect.index] = packed;
    }
    const { keep, put, updates } = packed;
    for (let w = 0; w < words; w++) batch[at + w] = (states[base + w]! & keep[w]!) | put[w]!;
    for (const { variable, table } of updates) {
      const word = layout.word[variable]!;
      const shift = layout.shift[variable]!;
      const id = (states[base + word]! >>> shift) & layout.mask[variable]!;
      const to = table.to[id];
      if (to === undefined) return () => this.#learn(instance, table, id, state);
      batch[at + word]! |= to << shift;
    }
    const claims = this.#exhaustive
      ? this.#program.stepClaims.claims
      : this.#program.stepClaims.toAsk(effect);
    for (const claim of claims) {
      if (claim.decided) continue;
      const answer = this.#ask(claim, states, base, batch, at);
      if (answer === undefined) return () => this.#askModel(claim, effect, state);
      if (!answer) {
        claim.decided = true;
        this.recompileSoon();
        this.#refuted(claim, state, instance, effect);
      }
    }
    this.transitions++;
    let changed = this.recordsAll;
    for (let w = 0; !changed && w < words; w++) changed = batch[at + w] !== states[base + w];
    if (!changed) return null;
    this.batch.parents[this.length] = state;
    this.batch.instances[this.length++] = instance.index;
    return null;
  }

  #pack(effect: Effect): PackedEffect {
    const { layout } = this.#store;
    const keep = new Int32Array(layout.words).fill(-1);
    const put = new Int32Array(layout.words);
    const clear = (v: number) => {
      keep[layout.word[v]!]! &= ~(layout.mask[v]! << layout.shift[v]!);
    };
    for (const [v, id] of effect.sets) {
      clear(v);
      put[layout.word[v]!]! |= id << layout.shift[v]!;
    }
    for (const v of effect.updates.keys()) clear(v);
    const updates = [...effect.updates].map(([variable, table]) => ({ variable, table }));
    return { keep, put, updates };
  }

  #learn(instance: Instance, table: UpdateTable, id: number, state: number): void {
    const { revision } = this.#program;
    this.#program.learn(instance, table, id, this.vector(state));
    this.#settle(revision);
  }

  #ask(
    claim: Claim,
    states: Int32Array,
    base: number,
    batch: Int32Array,
    at: number,
  ): boolean | undefined {
    const { layout } = this.#store;
    let branch: Branch<boolean> | undefined = claim.tree.root;
    while (branch !== undefined && branch.kind === NODE) {
      const v: number = branch.slot >> 1;
      const word: number =
        branch.slot & 1 ? batch[at + layout.word[v]!]! : states[base + layout.word[v]!]!;
      branch = branch.edges[(word >>> layout.shift[v]!) & layout.mask[v]!];
    }
    return branch?.kind === LEAF ? branch.outcome! : undefined;
  }

  #askModel(claim: Claim, effect: Effect, state: number): void {
    const { revision } = this.#program;
    const before = this.vector(state);
    this.#program.evaluateStepClaim(claim, effect, before, this.#program.apply(effect, before));
    this.#settle(revision);
  }

  /**
   * The first state from `from` on, and before `to`, that must be asked one by one; all of them while
   * nothing is compiled. Claims that are too large to compile are asked one by one in any case.
   */
  survey(when: keyof Routines, from: number, to: number): number {
    const routines = this.#routines()[when];
    if (routines.length === 0) return to;
    if (this.#surveys === null || this.#compiled?.revision !== this.#program.revision) return from;
    if (!routines.every(({ claim }) => isSmall(claim, this.#tuning))) return from;
    return this.#surveys[when](this.#store.states, from, to);
  }

  /** A question about one state; from memory if possible. */
  holds(claim: Claim, state: number): boolean {
    const { layout, states } = this.#store;
    const base = state * layout.words;
    const known = this.#ask(claim, states, base, states, base);
    if (known !== undefined) return known;
    const { revision } = this.#program;
    const answer = this.#program.evaluateClaim(claim, this.vector(state));
    this.#settle(revision);
    return answer;
  }

  /** Calls the model again where the outcome is known, and compares. */
  audit(instance: Instance, state: number): void {
    const vector = this.vector(state);
    const branch = instance.tree.find(vector, vector);
    if (branch.kind !== LEAF) return;
    const { revision } = this.#program;
    this.#program.audit(instance, vector, branch.outcome!);
    this.#settle(revision);
  }

  auditClaim(claim: Claim, state: number): void {
    const { layout, states } = this.#store;
    const base = state * layout.words;
    const known = this.#ask(claim, states, base, states, base);
    if (known !== undefined) this.#program.auditClaim(claim, this.vector(state), known);
  }

  vector(state: number): Vector {
    const { layout, states } = this.#store;
    return layout.unpack(states, state * layout.words);
  }
}
