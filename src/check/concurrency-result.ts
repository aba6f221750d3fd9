import type { Conclusion, Shown } from "./nonblocking.js";
import type { Decision } from "./occupancy.js";
import type { SearchResult, Trace, Verdict } from "./result.js";

/** One local state of the processes of a table. */
export interface LocalStateRow {
  /** As the diagram has it; with the decision where the diagram leaves open whether it has been made. */
  readonly state: string;
  /** What whoever is in it has decided; both, only in a protocol that does not keep to its decisions. */
  readonly decided: readonly Decision[];
  /** Whether all voters have voted for commit whenever one of these processes is in it. */
  readonly committable: boolean;
  /** The concurrency set: what other processes are in at the same time, by role. */
  readonly concurrent: readonly {
    readonly role: string;
    readonly states: readonly string[];
  }[];
}

/** The local states of a role; of processes apart, where those of a role differ in their sets. */
export interface LocalStateTable {
  readonly role: string;
  readonly processes: readonly string[];
  readonly states: readonly LocalStateRow[];
}

/** The way to a global state that shows something of a process in a local state. */
export interface Sighting {
  readonly process: string;
  readonly state: string;
  /** What the other process is in there: a commit or an abort state, or any without a vote for commit. */
  readonly shows: Shown;
  /** The other process; of a vote that is not in, it may be the process itself. */
  readonly other: string;
  /** null while it is down. */
  readonly otherState: string | null;
  /** No shorter one leads to such a state of this process. */
  readonly trace: Trace;
}

/** A local state that violates a condition. */
export interface Violation {
  readonly role: string;
  readonly state: string;
  /** Those of the role in whose local state the condition is violated. */
  readonly processes: readonly string[];
  /** The two that together show it of the first of these processes. */
  readonly sightings: readonly Sighting[];
}

/** One of the two conditions of Skeen's nonblocking theorem. */
export interface ConditionResult {
  readonly name: string;
  readonly claims: string;
  readonly verdict: Verdict;
  readonly violations: readonly Violation[];
}

export interface ConcurrencyResult extends SearchResult {
  /** Whether anything may fail here: the theorem is about the sets without failures. */
  readonly withFailures: boolean;
  /** The processes that vote in some state. */
  readonly voters: readonly string[];
  readonly tables: readonly LocalStateTable[];
  readonly conditions: readonly ConditionResult[];
  /** The processes that obey both conditions; null when that is not known. */
  readonly obeying: readonly string[] | null;
  /** A commit state and an abort state together: then this is no commit protocol. */
  readonly disagreement: Sighting | null;
  readonly conclusion: Conclusion;
}
