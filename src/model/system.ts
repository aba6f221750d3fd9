import type { Action, StateRecord } from "./action.js";
import type { StepEvent, UnderWay } from "./narrative.js";

/** A transition system: its initial states, and the actions that lead from state to state. */
export interface TransitionSystem<S = StateRecord, C = unknown> {
  readonly config: C;
  readonly initial: readonly S[];
  readonly actions: readonly Action<S, C, unknown>[];
  /** How a trace from this initial state begins: the state of each process, where there are such. */
  tellInitial?(initial: S, config: C): readonly StepEvent[];
  /**
   * Every message that may still be received, each copy once. So a trace can tell what nobody will ever
   * look at from what is still on its way; its events are the same for both.
   */
  underWay?(state: S, config: C): readonly UnderWay[];
}
