/**
 * A transition system as integers: variables and their domains, initial states as vectors of ids, and
 * for each instance of an action (and each claim of a property) the decision tree grown so far. The
 * engine walks the trees; where one has not grown yet, it asks here, and only then is a function of the
 * model called.
 */
import { type Action, actionLabel, type StateRecord } from "./action.js";
import { Canonical } from "./canonical.js";
import { Claim } from "./claim.js";
import { build, entriesOf } from "./containers.js";
import { Cursor } from "./cursor.js";
import { type Effect, Effects, type UpdateTable } from "./effects.js";
import { AFTER, BEFORE, Evaluation, LEAKED } from "./evaluation.js";
import { Instance, type Outcome } from "./instance.js";
import { Mistake, mistake } from "./mistake.js";
import { ABSENT, type Container, isShape, type Place, Places, PRESENT, shapeOf } from "./places.js";
import { StepClaims } from "./step-claims.js";
import type { TransitionSystem } from "./system.js";
import { type Branch, Crowds, DecisionTree } from "./tree.js";
import { containerOf, cursorOf, viewOf } from "./views.js";

/** The ids of a state's variables, by variable; a variable beyond its end is absent (id 0). */
export type Vector = ArrayLike<number>;

export class Program {
  readonly places: Places;
  readonly instances: Instance[] = [];
  readonly initial: readonly Vector[];
  readonly stepClaims = new StepClaims();
  /** Calls of `when`, `then` and claims so far. */
  modelCalls = 0;
  /**
   * Grows when outcomes that are known already have changed, so that whatever was compiled from them is
   * stale. A tree that only learns of states it had not met leaves it alone.
   */
  revision = 0;
  readonly system: TransitionSystem;
  readonly #config: unknown;
  readonly #evaluation: Evaluation;
  readonly #effects: Effects;
  readonly #actionCrowds = new Crowds<Outcome>();
  readonly #claimCrowds = new Crowds<boolean>();
  readonly #root: Container;
  readonly #populations = new Map<Container, Action[]>();

  /** @throws Mistake (no-initial-state, not-a-value, quantifier-not-fixed, …) */
  constructor(system: TransitionSystem) {
    if (system.initial.length === 0)
      throw mistake("no-initial-state", { what: "`initial` is an empty array" });
    this.system = system;
    this.#config = system.config;
    this.places = new Places(new Canonical());
    this.#evaluation = new Evaluation(this.places);
    this.#effects = new Effects(this.places);
    this.initial = this.#takeApart(system.initial);
    this.#root = this.places.root.containers[0]!;
    for (const action of system.actions) this.#instantiate(action);
    this.places.watch({ found: (child) => this.#found(child) });
  }

  /** The state that a vector stands for. */
  state(vector: Vector): StateRecord {
    return this.#valueAt(this.places.root, vector) as StateRecord;
  }

  /**
   * Calls the action's functions on a state that its tree has no outcome for.
   * @throws Mistake (guard-threw, unknown-field, …) with the action's label
   */
  evaluate(instance: Instance, vector: Vector): Branch<Outcome> {
    const born = this.places.all.length;
    const outcome = this.#run(instance, vector);
    if (this.#evaluation.deferralFailed) {
      this.#neverDefer(instance);
      return this.evaluate(instance, vector);
    }
    const { reads, populations } = this.#evaluation;
    const leaf = this.#at(instance.label, () =>
      instance.tree.grow(
        { reads, populations, before: vector, after: vector },
        outcome,
        born,
        () => {
          this.#run(instance, vector);
          return this.#evaluation.reads;
        },
      ),
    );
    if (outcome.length > 0) instance.everEnabled = true;
    for (const effect of leaf.outcome!) this.stepClaims.add(effect, instance.tree.facts(vector));
    return leaf;
  }

  /**
   * Calls the action's functions again on a state whose outcome is known, and compares.
   * @throws Mistake (impure) when the outcomes differ
   */
  audit(instance: Instance, vector: Vector, known: Outcome): void {
    const again = this.#run(instance, vector);
    const differs =
      again.length !== known.length ||
      again.some(
        (effect, i) => !sameVector(this.apply(effect, vector), this.apply(known[i]!, vector)),
      );
    if (differs)
      throw mistake("impure", {
        what: "called again on the same state, it gave another outcome",
        where: instance.label,
      });
  }

  /** A question about one state. */
  claim(label: string, ask: (state: unknown) => boolean): Claim {
    return new Claim(label, ask, new DecisionTree(this.#claimCrowds));
  }

  /** A question about the two states of a step; checked wherever a step could make it false. */
  stepClaim(label: string, ask: (before: unknown, after: unknown) => boolean): Claim {
    const claim = new Claim(label, ask, new DecisionTree(this.#claimCrowds));
    this.stepClaims.claims.push(claim);
    return claim;
  }

  /** @throws Mistake (claim-threw, guard-not-boolean) */
  evaluateClaim(claim: Claim, before: Vector, after: Vector = before): boolean {
    const born = this.places.all.length;
    const evaluation = this.#evaluation;
    const answer = this.#answer(claim, before, after);
    const { reads, populations } = evaluation;
    this.#at(claim.label, () =>
      claim.tree.grow({ reads, populations, before, after }, answer, born, () => {
        this.#answer(claim, before, after);
        return evaluation.reads;
      }),
    );
    if (this.stepClaims.refresh()) this.revision++;
    return answer;
  }

  /**
   * Asks again what is remembered, and compares.
   * @throws Mistake (impure) when the answers differ
   */
  auditClaim(claim: Claim, vector: Vector, known: boolean): void {
    if (this.#answer(claim, vector, vector) !== known)
      throw mistake("impure", {
        what: "asked again about the same state, it gave another answer",
        where: claim.label,
      });
  }

  #answer(claim: Claim, before: Vector, after: Vector): boolean {
    this.#evaluation.begin(before, after, false);
    this.modelCalls++;
    const ask = () => claim.ask(this.#view(BEFORE), this.#view(AFTER));
    const answer = this.#at(claim.label, ask, "claim-threw");
    mustBeBoolean(answer, claim.label);
    return answer;
  }

  /** A question about a step that has this effect. */
  evaluateStepClaim(claim: Claim, effect: Effect, before: Vector, after: Vector): boolean {
    const answer = this.evaluateClaim(claim, before, after);
    if (this.stepClaims.asked(claim, effect)) this.revision++;
    return answer;
  }

  /** The state after an effect. */
  apply(effect: Effect, vector: Vector): Vector {
    const after = Array.from({ length: this.places.all.length }, (_, i) => vector[i] ?? 0);
    for (const [variable, id] of effect.sets) after[variable] = id;
    for (const [variable, table] of effect.updates) {
      const id = after[variable]!;
      const to = table.to[id] ?? table.learn(id, this.#evaluation);
      if (to !== LEAKED) after[variable] = to;
    }
    return after;
  }

  /**
   * Applies an update to a value that it has not met.
   * @returns false when the update is no function of its variable alone; the instance's tree is then
   *   empty again, and the action is to be evaluated afresh
   */
  learn(instance: Instance, table: UpdateTable, id: number, vector: Vector): boolean {
    this.#evaluation.begin(vector, vector, false);
    this.modelCalls++;
    const to = this.#at(instance.label, () => table.learn(id, this.#evaluation));
    if (to !== LEAKED) return true;
    this.#neverDefer(instance);
    return false;
  }

  #neverDefer(instance: Instance): void {
    this.revision++;
    instance.defers = false;
    instance.tree = new DecisionTree(this.#actionCrowds);
  }

  #run(instance: Instance, vector: Vector): Outcome {
    const { action, who, label, member } = instance;
    const evaluation = this.#evaluation;
    evaluation.begin(vector, vector, instance.defers);
    return this.#at(label, () => {
      if (member && !evaluation.project(member, BEFORE, (value) => value !== ABSENT)) return [];
      const state = this.#view(BEFORE) as StateRecord;
      this.modelCalls++;
      const enabled = action.when(state, who, this.#config);
      mustBeBoolean(enabled, label);
      if (!enabled) return [];
      this.modelCalls++;
      const next = action.then(state, who, this.#config);
      const states = Array.isArray(next) ? (next as readonly unknown[]) : [next];
      return states.map((after) => this.#effects.of(cursorOf(after) ?? after));
    });
  }

  /** Says of a mistake, or of whatever else was thrown, where it was made. */
  #at<T>(label: string, inner: () => T, code: "guard-threw" | "claim-threw" = "guard-threw"): T {
    try {
      return inner();
    } catch (error) {
      if (error instanceof Mistake) {
        const where = error.where ? `${label}; ${error.where}` : label;
        throw mistake(error.code, { what: error.what, where, cause: error.cause });
      }
      const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      throw mistake(code, { what, where: label, cause: error });
    }
  }

  #view(side: typeof BEFORE | typeof AFTER): unknown {
    return viewOf(new Cursor(this.#evaluation, this.#root, side));
  }

  #takeApart(states: readonly unknown[]): Vector[] {
    const { places } = this;
    const assigned = states.map((state, i) => {
      const where = states.length > 1 ? `initial state ${i + 1}` : "the initial state";
      if (shapeOf(state)?.kind !== "record")
        throw mistake("not-a-state", { what: `${where} is no Immutable record` });
      const ids = new Map<Place, number>();
      this.#at(where, () => this.#assign(places.root, state, ids));
      return ids;
    });
    if (places.root.containers.length > 1)
      throw mistake("not-a-state", { what: "the initial states are of different record types" });
    return assigned.map((ids) => places.all.map((place) => ids.get(place) ?? place.idOf(ABSENT)));
  }

  #assign(place: Place, value: unknown, ids: Map<Place, number>): void {
    const { canonical } = this.places;
    const shape = shapeOf(value);
    ids.set(place, place.idOf(shape ?? canonical.of(value, place.path)));
    if (!shape) return;
    const container = this.places.container(place, shape);
    for (const [key, entry] of entriesOf(value)) {
      const child = this.places.child(container, canonical.of(key, `a key of ${container.name}`));
      this.#assign(child, entry, ids);
    }
  }

  #valueAt(place: Place, vector: Vector): unknown {
    const value = place.values[vector[place.variable] ?? 0];
    if (!isShape(value)) return value;
    const entries: [unknown, unknown][] = [];
    for (const child of place.containerOf(value)!.children) {
      const entry = this.#valueAt(child, vector);
      if (entry !== ABSENT) entries.push([child.key, value.kind === "set" ? PRESENT : entry]);
    }
    return this.places.canonical.of(build(value, entries));
  }

  #instantiate(action: Action): void {
    const { by } = action;
    if (by === null) {
      this.#add(action, undefined, null);
      return;
    }
    if (typeof by === "object" && "membersOf" in by) {
      this.#evaluation.begin(this.initial[0]!, this.initial[0]!, false);
      const container = containerOf(by.membersOf(this.#view(BEFORE) as StateRecord));
      if (!container)
        throw mistake("quantifier-not-fixed", {
          what: "`membersOf` names no set or map that lies in the first initial state",
          where: action.name,
        });
      const actions = this.#populations.get(container);
      if (actions) actions.push(action);
      else this.#populations.set(container, [action]);
      for (const child of container.children) this.#add(action, child.key, child);
      return;
    }
    const actors = typeof by === "function" ? by(this.#config) : by;
    if (typeof actors !== "object" || actors === null || !(Symbol.iterator in actors))
      throw mistake("quantifier-not-fixed", { what: String(actors), where: action.name });
    for (const who of actors) this.#add(action, who, null);
  }

  #add(action: Action, who: unknown, member: Place | null): void {
    const label = actionLabel(action, who, this.#config);
    const tree = new DecisionTree(this.#actionCrowds);
    this.instances.push(new Instance(this.instances.length, action, who, label, member, tree));
  }

  #found(child: Place): void {
    this.revision++;
    this.#actionCrowds.found(child);
    this.#claimCrowds.found(child);
    this.#effects.found(child);
    this.stepClaims.refresh();
    for (const action of this.#populations.get(child.inside!) ?? [])
      this.#add(action, child.key, child);
  }
}

function mustBeBoolean(answer: unknown, where: string): void {
  if (typeof answer !== "boolean")
    throw mistake("guard-not-boolean", { what: `it returned ${String(answer)}`, where });
}

function sameVector(a: Vector, b: Vector): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
