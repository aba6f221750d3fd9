import type { Action, StateRecord } from "./action.js";

export type PropertyKind = "always" | "alwaysStep" | "sometimes" | "alwaysPossible" | "noDeadlock";

interface PropertyBase<S> {
  /** As on the command line: `agreement`. */
  readonly name: string;
  /** What is claimed, in one sentence for the reader of a verdict. */
  readonly claims?: string;
  /** Why the last state of a counterexample is one, a sentence a line. */
  explain?(state: S, who: unknown): readonly string[];
  /** Whose doing the last state of a counterexample is, by name: what led up to them are its causes. */
  concerns?(state: S, who: unknown): Iterable<unknown>;
}

/** An invariant: the claim is true in every reachable state. */
export interface Always<S = StateRecord> extends PropertyBase<S> {
  readonly kind: "always";
  claim(state: S): boolean;
}

/** A claim about every step: what may change into what. With `by`, one claim for each member. */
export interface AlwaysStep<S = StateRecord, A = unknown> extends PropertyBase<S> {
  readonly kind: "alwaysStep";
  readonly by: readonly A[] | null;
  claim(before: S, after: S, who: A): boolean;
}

/** A good state that must be reachable, so that a model that does nothing fails. */
export interface Sometimes<S = StateRecord> extends PropertyBase<S> {
  readonly kind: "sometimes";
  claim(state: S): boolean;
}

/**
 * From every reachable state a state in which the goal is true can still be reached (AG EF goal);
 * with `using`, by those actions alone; with `by`, one goal for each member, each reachable by itself.
 */
export interface AlwaysPossible<S = StateRecord, A = unknown> extends PropertyBase<S> {
  readonly kind: "alwaysPossible";
  readonly by: readonly A[] | null;
  goal(state: S, who: A): boolean;
  using?(action: Pick<Action, "name" | "kind">): boolean;
}

/** A state from which nothing can happen is one of the declared final ones. */
export interface NoDeadlock<S = StateRecord> extends PropertyBase<S> {
  readonly kind: "noDeadlock";
  final(state: S): boolean;
}

export type Property<S = StateRecord> =
  | Always<S>
  | AlwaysStep<S>
  | Sometimes<S>
  | AlwaysPossible<S>
  | NoDeadlock<S>;

interface Extra<S> {
  readonly claims?: string;
  readonly explain?: (state: S, who: unknown) => readonly string[];
  readonly concerns?: (state: S, who: unknown) => Iterable<unknown>;
}

export function always<S>(
  name: string,
  claim: (state: S) => boolean,
  extra: Extra<S> = {},
): Always<S> {
  return { kind: "always", name, claim, ...extra };
}

export function sometimes<S>(
  name: string,
  claim: (state: S) => boolean,
  extra: Extra<S> = {},
): Sometimes<S> {
  return { kind: "sometimes", name, claim, ...extra };
}

export function alwaysStep<S, A = undefined>(
  name: string,
  claim: (before: S, after: S, who: A) => boolean,
  { by = null, ...extra }: Extra<S> & { readonly by?: Iterable<A> | null } = {},
): AlwaysStep<S, A> {
  return { kind: "alwaysStep", name, claim, by: by && [...by], ...extra };
}

export function alwaysPossible<S, A = undefined>(
  name: string,
  goal: (state: S, who: A) => boolean,
  {
    by = null,
    ...extra
  }: Extra<S> & {
    readonly by?: Iterable<A> | null;
    readonly using?: (action: Pick<Action, "name" | "kind">) => boolean;
  } = {},
): AlwaysPossible<S, A> {
  return { kind: "alwaysPossible", name, goal, by: by && [...by], ...extra };
}

export function noDeadlock<S>(
  name: string,
  final: (state: S) => boolean,
  extra: Extra<S> = {},
): NoDeadlock<S> {
  return { kind: "noDeadlock", name, final, ...extra };
}
