import type {
  ExpectedVerdict,
  Mistake,
  ParameterValues,
  PropertyKind,
  StateRecord,
  StepEvent,
  UnderWay,
} from "../model/index.js";

export type Verdict = "holds" | "violated" | "undecided";

/** Why a search ended before the whole state space was seen; null when it was. */
export type StoppedBy = "states" | "time" | "memory" | "interrupt" | "mistake" | "decided";

export interface TraceStep {
  /** null for the initial state. */
  readonly action: string | null;
  readonly state: StateRecord;
  /** What happened in the step, in order; empty for plain transition systems. */
  readonly events: readonly StepEvent[];
  /** The messages under way after it; absent where the model has no such thing. */
  readonly underWay?: readonly UnderWay[];
}

export type Trace = readonly TraceStep[];

/** The run that follows a counterexample as long as possible, and then ends well. */
export interface NearestGood {
  /** The position of the last step that the two have in common. */
  readonly parts: number;
  /** All of it, from the initial state. */
  readonly trace: Trace;
}

export interface PropertyResult {
  readonly name: string;
  readonly kind: PropertyKind;
  readonly claims: string | null;
  readonly verdict: Verdict;
  readonly expected: ExpectedVerdict;
  /** The counterexample of `violated`; null where there is none to show (nothing reached a `sometimes`). */
  readonly trace: Trace | null;
  /** For a `sometimes` that holds: the way to a state that it asks for. */
  readonly witness: Trace | null;
  /** No shorter counterexample exists. */
  readonly shortest: boolean;
  /** Why the last state is a counterexample, a sentence a line. */
  readonly explanation: readonly string[];
  /** For `alwaysPossible`: the states that can still be reached from the trace's last one, itself included. */
  readonly caughtIn: number | null;
  /**
   * Positions in the counterexample of the steps that led up to the violation; the others have nothing to do
   * with it. Null where the model does not tell its steps.
   */
  readonly causes: readonly number[] | null;
  /** Null where no run ends well from any state of the counterexample, or where `nearestNote` says why. */
  readonly nearestGood: NearestGood | null;
  /** Why the nearest run that ends well is not known. */
  readonly nearestNote: string | null;
}

/** A finding about the model itself that is no verdict: an action that never happened. */
export interface Warning {
  readonly code: "action-never-enabled" | "failure-never-taken" | "expectation-of-nothing";
  readonly message: string;
}

/** What was searched, and how far the search came. */
export interface SearchResult {
  readonly model: string;
  readonly title: string;
  readonly scenario: string | null;
  readonly summary: string | null;
  readonly parameters: ParameterValues;
  readonly faults: string | null;
  readonly lanes: readonly string[];
  readonly search: "bfs" | "dfs";
  readonly complete: boolean;
  readonly stoppedBy: StoppedBy | null;
  /** A word on `stoppedBy` where one is needed: what memory ran out, say. */
  readonly stopNote: string | null;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** A mistake of the model's author that ended the search, with the trace to where it was made. */
  readonly mistake: { readonly mistake: Mistake; readonly trace: Trace | null } | null;
  /** Calls of the model's functions (`when`, `then`, claims): what purity saved. */
  readonly modelCalls: number;
  readonly elapsedSeconds: number;
  readonly peakMemoryBytes: number;
}

export interface CheckResult extends SearchResult {
  readonly properties: readonly PropertyResult[];
  readonly warnings: readonly Warning[];
}
