import type { Action, StateRecord } from "./action.js";

/** A transition system: its initial states, and the actions that lead from state to state. */
export interface TransitionSystem<S = StateRecord, C = unknown> {
  readonly config: C;
  readonly initial: readonly S[];
  readonly actions: readonly Action<S, C, unknown>[];
}
