/**
 * What the processes of a model are doing, one by one: enough to ask of a commit protocol which local
 * states go together, and nothing of how the model keeps its state.
 */
import type { StateRecord } from "./action.js";

/** A process and the role whose rules it follows; processes of a role share the names of their states. */
export interface RoleMember {
  readonly name: string;
  readonly role: string;
}

/** Each process is asked about by its position in `processes`. The functions are pure, as claims are. */
export interface LocalStates<S = StateRecord> {
  /** In the order in which a diagram shows them; no two have the same name. */
  readonly processes: readonly RoleMember[];
  /** Where the process is in the diagram of its role; null while it is down. */
  stateOf(state: S, process: number): string | null;
  /** Whether the process has ever decided this: `commit` or `abort`, in a commit protocol. */
  hasDecided(state: S, process: number, decision: string): boolean;
  /** What the process has voted, a crash since or not: `commit` or `abort`; undefined while it has not. */
  voteOf(state: S, process: number): unknown;
}
