import type { ConcurrencyResult } from "./concurrency-result.js";
import type { CheckResult, PropertyResult } from "./result.js";

/** What a check comes to as a whole, the most serious first. */
export type Outcome = "mistake" | "interrupted" | "unexpected" | "undecided" | "as-expected";

export function outcomeOf({ mistake, stoppedBy, properties }: CheckResult): Outcome {
  if (mistake !== null) return "mistake";
  if (stoppedBy === "interrupt") return "interrupted";
  if (properties.some(isUnexpected)) return "unexpected";
  if (properties.some(isUndecided)) return "undecided";
  return "as-expected";
}

/** What concurrency sets come to: nothing is expected of them, but it may not be known what they are. */
export function concurrencyOutcomeOf(result: ConcurrencyResult): Outcome {
  const { mistake, stoppedBy, conditions, conclusion } = result;
  if (mistake !== null) return "mistake";
  if (stoppedBy === "interrupt") return "interrupted";
  const open = conclusion === "undecided" || conditions.some(isUndecided);
  return open ? "undecided" : "as-expected";
}

export function isUndecided({ verdict }: Pick<PropertyResult, "verdict">): boolean {
  return verdict === "undecided";
}

/** A verdict, but not the one that the scenario leads one to expect. */
export function isUnexpected({
  verdict,
  expected,
}: Pick<PropertyResult, "verdict" | "expected">): boolean {
  return verdict !== "undecided" && verdict !== expected;
}
