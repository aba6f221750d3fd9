import type { ActionKind, Quantifier, StepEvent } from "../../model/index.js";
import type { Configuration } from "../configuration.js";
import type { Process } from "../process/message.js";
import type { Effect, Step } from "../process/step.js";
import type { ProtocolState } from "../state.js";

/**
 * What makes a process take a step: that it starts, that a message arrives, that its timer runs out,
 * that its clock strikes, that it recovers. Each occasion is lowered to two actions: the whole step, and
 * the step that a crash cuts short.
 *
 * A is what it is about besides the process: the message, the suspect; undefined for nothing.
 */
export interface Occasion<A = unknown> {
  /** `receive`. */
  readonly name: string;
  readonly kind: ActionKind;
  /** Whose step it is. */
  readonly self: Process;
  readonly by: Quantifier<ProtocolState, Configuration, A> | null;
  /** Whether the occasion alone leaves a mark, even if nothing comes of it: a recovery is paid for. */
  readonly leavesMark: boolean;
  arises(s: ProtocolState, about: A): boolean;
  /** The state in which the handler finds itself: the message taken, the recovery paid for. */
  seized(s: ProtocolState, about: A): ProtocolState;
  /**
   * What the process may do about it; nothing where it does nothing.
   * @param before the state in which the occasion arises
   */
  steps(seized: ProtocolState, about: A, before: ProtocolState): readonly Step[];
  /** How it is told, before the effects that the step has. */
  told(about: A, moment: Moment): readonly StepEvent[];
  /** `VOTE_REQUEST from coordinator`; null where there is nothing to add to the name. */
  detail(about: A): string | null;
}

/** What there is to tell of an occasion that was taken. */
export interface Moment {
  readonly before: ProtocolState;
  readonly seized: ProtocolState;
  readonly effects: readonly Effect[];
}
