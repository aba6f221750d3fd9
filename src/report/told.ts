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
}

/** A trace as numbered steps: sentences where the model tells them, otherwise names and changes. */
export function told(trace: Trace, telling: Telling): string[] {
  const digits = String(trace.length - 1).length;
  const number = (i: number) =>
    `${telling.indent}${telling.paint("faint", String(i).padStart(digits))}  `;
  const named = Math.min(28, Math.max(0, ...trace.map(({ action }) => widthOf(action ?? ""))));
  return trace.flatMap((step, i) => {
    if (i === 0) return beginning(step, isTold(trace), number(0), telling);
    if (step.events.length > 0)
      return hanging(number(i), sentences(step.events, telling.paint).join("; "), telling.width);
    return changed(step, trace[i - 1]!, number(i), named, telling);
  });
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
