import type { Trace } from "../check/result.js";
import type { StepEvent } from "../model/index.js";

/** Where a trace leaves a process, as far as its events tell. */
export interface Ending {
  readonly process: string;
  readonly up: boolean;
  readonly state: string | null;
  readonly log: readonly string[];
  readonly decision: string | null;
}

/** A message that was sent, and neither received nor lost. */
export interface InTransit {
  readonly from: string;
  readonly to: string;
  readonly message: string;
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

/** What was sent in a trace and is still under way at its end, in the order of sending. */
export function inTransit(trace: Trace): InTransit[] {
  const underWay: InTransit[] = [];
  for (const event of eventsOf(trace)) {
    if (event.type === "send") {
      const { from, to, message } = event;
      underWay.push({ from, to, message });
    } else if (event.type === "receive" || event.type === "lose") {
      const to = event.type === "receive" ? event.process : event.to;
      const arrived = underWay.findIndex(
        (sent) => sent.to === to && sent.from === event.from && sent.message === event.message,
      );
      if (arrived >= 0) underWay.splice(arrived, 1);
    }
  }
  return underWay;
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
