import type { Trace, TraceStep } from "../check/result.js";
import { differences, stateLines } from "./difference.js";
import { hanging, padEnd, widthOf } from "./layout.js";
import type { Paint } from "./paint.js";
import { beginnings, sentences } from "./sentences.js";
import { isTold } from "./traces.js";

export interface Telling {
  readonly paint: Paint;
  readonly width: number;
  readonly indent: string;
  /** The first step to be told, by default the initial state. */
  readonly from?: number;
  /** The last, by default that of the trace. */
  readonly to?: number;
  /** The steps that led up to what is shown; those that did not are marked, and faint. */
  readonly causes?: readonly number[] | null;
}

/** What stands before a step that is no cause. */
const ASIDE = "·";

export const ASIDES = `${ASIDE} marks a step that did not lead up to the violation.`;

/** Whether some step is no cause, so that a word is due on how such steps are marked. */
export const hasAsides = (trace: Trace, causes: readonly number[] | null) =>
  causes !== null && causes.length < trace.length - 1;

/** A trace as numbered steps: sentences where the model tells them, otherwise names and changes. */
export function told(trace: Trace, telling: Telling): string[] {
  const { paint, indent, from = 0, to = trace.length - 1, causes = null } = telling;
  const digits = String(trace.length - 1).length;
  const marks = hasAsides(trace, causes);
  const isAside = (i: number) => marks && i > 0 && !causes!.includes(i);
  const number = (i: number, paint: Paint) =>
    `${indent}${paint("faint", String(i).padStart(digits))}${isAside(i) ? ` ${ASIDE} ` : marks ? "   " : "  "}`;
  const named = Math.min(28, Math.max(0, ...trace.map(({ action }) => widthOf(action ?? ""))));
  const lines = (i: number, telling: Telling) => {
    const step = trace[i]!;
    const label = number(i, telling.paint);
    if (i === 0) return beginning(step, isTold(trace), label, telling);
    if (step.events.length > 0)
      return hanging(label, sentences(step.events, telling.paint).join("; "), telling.width);
    return changed(step, trace[i - 1]!, label, named, telling);
  };
  return [...trace.keys()]
    .filter((i) => i >= from && i <= to)
    .flatMap((i) =>
      isAside(i)
        ? lines(i, { ...telling, paint: (_, text) => text }).map((line) => paint("faint", line))
        : lines(i, telling),
    );
}

/** Of a protocol, in which state its processes are; of a plain system, the whole first state. */
function beginning(
  { state, events }: TraceStep,
  isProtocol: boolean,
  number: string,
  { paint, width }: Telling,
): string[] {
  const label = `${number}${paint("strong", "initially")}  `;
  if (events.length > 0) return hanging(label, beginnings(events, paint), width);
  if (isProtocol) return [];
  return listedUnder(label, stateLines(state), width);
}

function changed(
  { action, state }: TraceStep,
  before: TraceStep,
  number: string,
  named: number,
  { paint, width }: Telling,
): string[] {
  const changes = differences(before.state, state);
  const label = `${number}${padEnd(paint("strong", action ?? "?"), named)}  `;
  return listedUnder(label, changes.length > 0 ? changes : ["(nothing changes)"], width);
}

function listedUnder(label: string, items: readonly string[], width: number): string[] {
  const blank = " ".repeat(widthOf(label));
  return items.flatMap((item, i) => hanging(i === 0 ? label : blank, item, width));
}
