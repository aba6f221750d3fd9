import type { Budget, FailureKind } from "./faults.js";
import { NETWORK_FAILURES } from "./faults.js";

/** Failures that may set in once and for all, and then strike whenever they can. */
const LASTING: readonly FailureKind[] = [
  "send-omission",
  "receive-omission",
  "value",
  "benign",
  "malicious",
  "forge",
];

/** Whether a failure of this kind can last so long; a number of times it can always come. */
export function canLast(kind: FailureKind, budget: Budget): boolean {
  return budget !== "permanent" || LASTING.includes(kind);
}

/**
 * Whether it makes a difference to whom it happens. Loss and duplication strike messages, not a process:
 * what a process does not send or does not receive is an omission failure of that process.
 */
export function strikesSomebody(kind: FailureKind): boolean {
  return !isNetworkFailure(kind) || kind === "partition" || kind === "one-way-partition";
}

export function isNetworkFailure(kind: FailureKind): boolean {
  return (NETWORK_FAILURES as readonly FailureKind[]).includes(kind);
}
