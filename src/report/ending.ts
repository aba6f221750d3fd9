import { journeysOf } from "../check/journeys.js";
import type { Trace } from "../check/result.js";
import type { StepEvent, UnderWay } from "../model/index.js";

/** Where a trace leaves a process, as far as its events tell. */
export interface Ending {
  readonly process: string;
  readonly up: boolean;
  readonly state: string | null;
  readonly log: readonly string[];
  readonly decision: string | null;
}

/** Each process at the end of a trace, in the order of the lanes. */
export function endings(lanes: readonly string[], trace: Trace): Ending[] {
  const at = new Map<string, Ending>(
    lanes.map((process) => [process, { process, up: true, state: null, log: [], decision: null }]),
  );
  for (const event of eventsOf(trace)) {
    if (!("process" in event)) continue;
    const before = at.get(event.process);
    if (before) at.set(event.process, after(before, event));
  }
  return [...at.values()];
}

/** What was sent in a trace and may still be received at its end, in the order of sending. */
export function inTransit(trace: Trace): UnderWay[] {
  return journeysOf(trace)
    .filter(({ fate }) => fate === "under way")
    .map(({ as, to, message }) => ({ from: as, to, message }));
}

const eventsOf = (trace: Trace) => trace.flatMap(({ events }) => events);

function after(before: Ending, event: StepEvent): Ending {
  switch (event.type) {
    case "become":
      return { ...before, state: event.state };
    case "write":
      return { ...before, log: [...before.log, event.entry] };
    case "decide":
      return { ...before, decision: event.decision };
    case "crash":
      return { ...before, up: false };
    case "recover":
      return { ...before, up: true };
    default:
      return before;
  }
}
