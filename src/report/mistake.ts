import type { Mistake } from "../model/index.js";
import { hanging } from "./layout.js";
import type { Paint } from "./paint.js";

/** A mistake as it is told to the one who made it: what, where, the usual cause, what to do. */
export function mistakeLines(
  { code, message, usualCause, remedy }: Mistake,
  { paint, width }: { readonly paint: Paint; readonly width: number },
): string[] {
  return [
    ...hanging(`${paint("bad", "mistake")}     `, message, width),
    ...hanging("usually     ", usualCause, width),
    ...hanging("what to do  ", remedy, width),
    `code        ${code}`,
  ];
}
