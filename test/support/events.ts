/** Traces of a protocol, written as what happens in their steps. */
import type { Trace } from "../../src/check/result.js";
import type { StepEvent } from "../../src/model/index.js";
import { plainTrace } from "./results.js";

const { state } = plainTrace()[0]!;

/** A trace with an initial state of which nothing is told, and these steps. */
export function traceOf(...steps: readonly (readonly StepEvent[])[]): Trace {
  return [
    { action: null, state, events: [] },
    ...steps.map((events, i) => ({ action: `step ${i + 1}`, state, events })),
  ];
}
