/** Beside a counterexample, the nearest run that ends well. */
import type { NearestGood, PropertyResult, Trace } from "../check/result.js";
import { sameTrace, stepsOf } from "./traces.js";
import { counted, listed } from "./words.js";

export interface Nearest {
  /** How the two are alike and where they part, as a line that ends in a colon if steps follow. */
  readonly lead: string;
  readonly trace: Trace;
  /** The steps to be told after the lead; there are none where the run could simply have ended. */
  readonly from: number;
  readonly to: number;
  /** What is left out after them, if anything. */
  readonly rest: string | null;
}

/** A longer rest of a run is not told to its end: what matters is where it parts. */
const STEPS_MAX = 8;
const STEPS_SHOWN = 5;

/** The nearest runs that end well, one for all properties for which it is the same. */
export function nearestRuns(properties: readonly PropertyResult[]): Nearest[] {
  const found: { nearest: NearestGood; names: string[] }[] = [];
  for (const { name, nearestGood } of properties) {
    if (nearestGood === null) continue;
    const same = found.find(({ nearest }) => sameTrace(nearest.trace, nearestGood.trace));
    if (same) same.names.push(name);
    else found.push({ nearest: nearestGood, names: [name] });
  }
  return found.map(({ nearest, names }) =>
    nearestRun(nearest, names.length < properties.length ? names : null),
  );
}

/** Why a nearest run is not known, a sentence a line. */
export function nearestNotes(properties: readonly PropertyResult[]): string[] {
  const notes = properties.flatMap(({ nearestNote }) => nearestNote ?? []);
  return [...new Set(notes)].map((note) => `The nearest run that ends well is not known: ${note}.`);
}

function nearestRun({ parts, trace }: NearestGood, names: readonly string[] | null): Nearest {
  const of = names ? ` for ${listed(names)}` : "";
  const from = parts + 1;
  const steps = stepsOf(trace) - parts;
  const to = steps > STEPS_MAX ? parts + STEPS_SHOWN : trace.length - 1;
  const more = trace.length - 1 - to;
  const start = `The nearest run that ends well${of}`;
  const lead =
    steps === 0
      ? `${start} is the same up to step ${parts}, and ends there.`
      : parts === 0
        ? `${start} parts from this one at once:`
        : `${start} is the same up to step ${parts}, and then:`;
  return {
    lead,
    trace,
    from,
    to,
    rest: more > 0 ? `and so on, ${counted(more, "step")} more, to where it ends well` : null,
  };
}
