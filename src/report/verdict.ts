import { isUndecided, isUnexpected, outcomeOf } from "../check/outcome.js";
import type { CheckResult, PropertyResult, StoppedBy } from "../check/result.js";
import type { Ink } from "./paint.js";
import { stepsOf } from "./traces.js";
import { count, counted, listed } from "./words.js";

export const SYMBOLS = { holds: "✓", violated: "✗", undecided: "?" } as const;

/** A verdict and whether it was expected: `violated, as expected`. */
export function verdictText({ verdict, expected }: PropertyResult): string {
  if (verdict === "undecided") return "UNDECIDED";
  if (verdict === expected) return verdict === "holds" ? "holds" : "violated, as expected";
  return verdict === "holds" ? "HOLDS, expected to be violated" : "VIOLATED, expected to hold";
}

export function verdictInk(property: PropertyResult): Ink {
  if (isUndecided(property)) return "open";
  if (isUnexpected(property)) return "bad";
  return property.verdict === "holds" ? "good" : "strong";
}

/** How long the way is to what decided it. */
export function distance({ kind, verdict, trace, witness, shortest }: PropertyResult): string {
  if (witness !== null) return `reached in ${counted(stepsOf(witness), "step")}`;
  if (trace === null) return kind === "sometimes" && verdict === "violated" ? "never reached" : "";
  return `${shortest ? "shortest trace" : "trace"}: ${counted(stepsOf(trace), "step")}`;
}

/** Why a trace is a counterexample; what is true of several of its properties is said once. */
export interface Reasons {
  readonly properties: readonly PropertyResult[];
  /** Those that have not been said of a property before. */
  readonly sentences: readonly string[];
  /** Whether something that was said before is true of these properties too. */
  readonly more: boolean;
}

export function reasonsOf(properties: readonly PropertyResult[]): Reasons[] {
  const found: { properties: PropertyResult[]; all: readonly string[] }[] = [];
  for (const property of properties) {
    const all = [...property.explanation, ...caught(property)];
    if (all.length === 0) continue;
    const same = found.find((other) => other.all.join("\n") === all.join("\n"));
    if (same) same.properties.push(property);
    else found.push({ properties: [property], all });
  }
  return found.map(({ properties, all }, i) => {
    const said = new Set(found.slice(0, i).flatMap((before) => before.all));
    const sentences = all.filter((sentence) => !said.has(sentence));
    return { properties, sentences, more: sentences.length < all.length };
  });
}

/** What is left of the future once a goal is out of reach. */
function caught({ kind, verdict, caughtIn }: PropertyResult): string[] {
  if (kind !== "alwaysPossible" || verdict !== "violated" || caughtIn === null) return [];
  if (caughtIn === 1) return ["Nothing that may still happen leads out of this state."];
  return [
    `${count(caughtIn)} states can still be reached from here, and the goal in none of them.`,
  ];
}

/** Why the search ended early, as a clause. */
export const STOPPED: Readonly<Record<StoppedBy, string>> = {
  states: "the limit on states came first",
  time: "the limit on time came first",
  memory: "memory ran out",
  interrupt: "it was interrupted",
  mistake: "the model has a mistake",
  decided: "every property was decided before the end",
};

/** The whole check in one line. */
export function conclusion(result: CheckResult): { ink: Ink; text: string } {
  const { properties, stoppedBy } = result;
  const names = (chosen: readonly PropertyResult[]) => listed(chosen.map(({ name }) => name));
  const open = properties.filter(isUndecided);
  const unexpected = properties.filter(isUnexpected);
  const openText =
    open.length > 0
      ? `UNDECIDED: ${names(open)}${stoppedBy ? `, because ${STOPPED[stoppedBy]}` : ""}.`
      : "";
  switch (outcomeOf(result)) {
    case "mistake":
      return { ink: "bad", text: "The model has a mistake; nothing is decided by this check." };
    case "interrupted":
      return { ink: "open", text: `INTERRUPTED. ${openText}`.trim() };
    case "unexpected":
      return {
        ink: "bad",
        text: `NOT AS EXPECTED: ${names(unexpected)}. ${openText}`.trim(),
      };
    case "undecided":
      return { ink: "open", text: `${openText} This is no success.` };
    case "as-expected":
      return {
        ink: "good",
        text: properties.every(({ verdict }) => verdict === "holds")
          ? "Every property holds."
          : "Every verdict is as expected.",
      };
  }
}
