import { is } from "immutable";
import type { CheckResult, PropertyResult, Trace } from "../check/result.js";

/** A trace together with every property that it refutes. */
export interface Counterexample {
  readonly properties: readonly PropertyResult[];
  readonly trace: Trace;
}

/** The counterexamples, in the order of the properties; a trace that refutes several comes once. */
export function counterexamples({ properties }: CheckResult): Counterexample[] {
  const found: { properties: PropertyResult[]; trace: Trace }[] = [];
  for (const property of properties) {
    const { trace, verdict } = property;
    if (verdict !== "violated" || trace === null) continue;
    const same = found.find((other) => sameTrace(other.trace, trace));
    if (same) same.properties.push(property);
    else found.push({ properties: [property], trace });
  }
  return found;
}

/**
 * The one trace of a format that holds one: the first counterexample, or else the first witness.
 */
export function onlyTrace(result: CheckResult): Counterexample | null {
  const [first] = counterexamples(result);
  if (first) return first;
  const reached = result.properties.find(({ witness }) => witness !== null);
  return reached?.witness ? { properties: [reached], trace: reached.witness } : null;
}

/** `1 step`: the initial state is none. */
export const stepsOf = (trace: Trace) => trace.length - 1;

/** Whether the steps of a trace tell what happened in them: those of a protocol do. */
export const isTold = (trace: Trace) => trace.some(({ events }) => events.length > 0);

export function sameTrace(a: Trace, b: Trace): boolean {
  return (
    a.length === b.length &&
    a.every((step, i) => step.action === b[i]!.action && is(step.state, b[i]!.state))
  );
}
