import type { Map as ImmutableMap, Set as ImmutableSet, ValueObject } from "immutable";
import type { StepEvent } from "./narrative.js";

/** A state: any Immutable record, whatever its fields. */
export interface StateRecord extends ValueObject {
  wasAltered(): boolean;
  toString(): string;
}

/** What a step is, as far as failures are concerned; properties may leave kinds of steps out. */
export type ActionKind = "step" | "failure" | "recovery";

/**
 * The members that a set (or the keys that a map) of the state holds at the moment: an action `by`
 * them has one instance per member, enabled only while the member is there.
 */
export interface MembersOf<S, A> {
  membersOf(state: S): ImmutableSet<A> | ImmutableMap<A, unknown>;
}

export function membersOf<S, A>(
  collection: (state: S) => ImmutableSet<A> | ImmutableMap<A, unknown>,
): MembersOf<S, A> {
  return { membersOf: collection };
}

/** Who takes an action: a fixed collection, one that depends on the configuration, or `membersOf`. */
export type Quantifier<S, C, A> = Iterable<A> | MembersOf<S, A> | ((config: C) => Iterable<A>);

/**
 * One action of a transition system, in one block: its name, `by` whom, `when` it may happen, and
 * what is so `then`.
 *
 * `when` and `then` must be pure: the same answer for the same reads, always. What `then` does not
 * mention stays as it is. Where the step is a choice, `then` returns an array of states.
 * Methods rather than function properties, so that an action over a subtype of record is an action.
 */
export interface Action<S = StateRecord, C = unknown, A = unknown> {
  readonly name: string;
  readonly kind: ActionKind;
  /** null: the action is nobody's in particular, and `who` is undefined. */
  readonly by: Quantifier<S, C, A> | null;
  when(state: S, who: A, config: C): boolean;
  then(state: S, who: A, config: C): S | readonly S[];
  /** How the step from `before` to `after` is told; without it a step is its name and difference. */
  tell?(before: S, after: S, who: A, config: C): readonly StepEvent[];
  /** The action's name with its actor, in place of `name(who)`. */
  label?(who: A, config: C): string;
}

/** What is written of an action without an actor. */
export interface PlainAction<S, C> {
  readonly kind?: ActionKind;
  readonly when: (state: S, config: C) => boolean;
  readonly then: (state: S, config: C) => S | readonly S[];
}

/** What is written of an action taken by somebody. */
export interface ActionBy<S, C, A> {
  readonly kind?: ActionKind;
  readonly by: Quantifier<S, C, A>;
  readonly when: (state: S, who: A, config: C) => boolean;
  readonly then: (state: S, who: A, config: C) => S | readonly S[];
  readonly tell?: (before: S, after: S, who: A, config: C) => readonly StepEvent[];
  readonly label?: (who: A, config: C) => string;
}

/** Writes actions over the states S and the configuration C, so that neither is annotated again. */
export function actionsOver<S extends StateRecord, C = unknown>() {
  return {
    /** An action that is nobody's in particular. */
    action(
      name: string,
      { kind = "step", when, then }: PlainAction<S, C>,
    ): Action<S, C, undefined> {
      return {
        name,
        kind,
        by: null,
        when: (state, _, config) => when(state, config),
        then: (state, _, config) => then(state, config),
      };
    },
    /** One action for each member of `by`. */
    actionBy<A>(name: string, { kind = "step", ...rest }: ActionBy<S, C, A>): Action<S, C, A> {
      return { name, kind, ...rest };
    },
  };
}

/** `RMPrepare(rm1)`: an action as it stands in a trace. */
export function actionLabel<A>(
  action: Pick<Action<never, never, A>, "name" | "by" | "label">,
  who: A,
  config: unknown,
): string {
  if (action.label) return action.label(who, config as never);
  if (action.by === null) return action.name;
  const actors = Array.isArray(who) ? who : [who];
  return `${action.name}(${actors.map(String).join(", ")})`;
}
