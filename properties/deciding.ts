/**
 * What a property needs to see of a model to speak of decisions and votes. A protocol's observer shows
 * all of it; a plain transition system shows what it has.
 */
import type { Set } from "immutable";

/** A model in which processes come to decisions. */
export interface Deciding<S, P> {
  readonly processes: readonly P[];
  /** All that a process has ever decided, whether it has crashed since or not. */
  decisionsOf(state: S, process: P): Set<unknown>;
  /** Whether any process that can be trusted has ever decided this. */
  someDecided(state: S, decision: unknown): boolean;
  /**
   * Whether the process has kept to its rules so far; where that is not given, all have. Of one that has not,
   * nothing is claimed.
   */
  isTrusted?(state: S, process: P): boolean;
}

/** A model in which some of the processes vote on what is to be decided. */
export interface Voting<S, P> extends Deciding<S, P> {
  proposalOf(state: S, process: P): unknown;
  /** Whether a process has crashed, or has been suspected wrongly. */
  somethingFailed(state: S): boolean;
}

export const COMMIT = "commit";
export const ABORT = "abort";

export const isTrusted = <S, P>(model: Deciding<S, P>, state: S, process: P) =>
  model.isTrusted?.(state, process) ?? true;

export const hasDecided = <S, P>({ decisionsOf }: Deciding<S, P>, state: S, process: P) =>
  !decisionsOf(state, process).isEmpty();
