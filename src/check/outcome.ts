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
