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
  | { readonly type: "send"; readonly from: string; readonly to: string; readonly message: string }
  /** A message that reached a process that was down, and is gone. */
  | { readonly type: "lose"; readonly from: string; readonly to: string; readonly message: string }
  | { readonly type: "write"; readonly process: string; readonly entry: string }
  | { readonly type: "timeout"; readonly process: string; readonly awaited: readonly string[] }
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
