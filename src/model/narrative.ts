/** A message under way. */
export interface UnderWay {
  readonly from: string;
  readonly to: string;
  readonly message: string;
}

/**
 * What happened within one step, in the order it happened, for a trace that a person reads.
 * The vocabulary is that of message-passing protocols; a plain transition system tells nothing
 * and its steps are then shown by action name and state difference.
 */
export type StepEvent =
  | {
      readonly type: "receive";
      readonly process: string;
      readonly from: string;
      readonly message: string;
    }
  | {
      readonly type: "send";
      readonly from: string;
      readonly to: string;
      readonly message: string;
      /** The process in whose name it is sent, where that is forged; its receiver knows no other. */
      readonly as?: string;
    }
  /** A message that is gone: the network lost it, or it reached a process that was down. */
  | { readonly type: "lose"; readonly from: string; readonly to: string; readonly message: string }
  /** A message that is gone because the process failed to send, or to receive, it. */
  | {
      readonly type: "omit";
      readonly process: string;
      readonly side: "send" | "receive";
      readonly from: string;
      readonly to: string;
      readonly message: string;
    }
  /** From now on there is one more copy of it under way. */
  | {
      readonly type: "duplicate";
      readonly from: string;
      readonly to: string;
      readonly message: string;
    }
  /** A message that misses the round in which it was due, and arrives in the next. */
  | { readonly type: "late"; readonly from: string; readonly to: string; readonly message: string }
  /** Nothing gets through between the two sides any more; `oneWay`: nothing from the first to the second. */
  | {
      readonly type: "partition";
      readonly sides: readonly [readonly string[], readonly string[]];
      readonly oneWay: boolean;
    }
  | { readonly type: "heal" }
  | { readonly type: "write"; readonly process: string; readonly entry: string }
  | {
      readonly type: "timeout";
      readonly process: string;
      readonly awaited: readonly string[];
      /** A false suspicion: an awaited process is up, or what it sent is still on its way. */
      readonly mistaken?: "suspicion" | "late";
    }
  /** The process's clock strikes; `early`: before the round is over for the others. */
  | { readonly type: "tick"; readonly process: string; readonly early?: boolean }
  /** What the process does next is not what its rules say: `value failure`, `says X in place of Y`. */
  | {
      readonly type: "deviate";
      readonly process: string;
      readonly failure: string;
      readonly text: string;
    }
  | {
      readonly type: "crash";
      readonly process: string;
      /** What it would have done next, where the crash falls in the middle of a step: `logging READY`. */
      readonly before?: string;
    }
  | { readonly type: "recover"; readonly process: string }
  | { readonly type: "decide"; readonly process: string; readonly decision: string }
  /** The process's local state as the textbook's diagram names it: INIT, READY, … */
  | { readonly type: "become"; readonly process: string; readonly state: string }
  | { readonly type: "note"; readonly process: string; readonly text: string };
