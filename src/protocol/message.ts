import { Record, type ValueObject } from "immutable";
import type { Identity } from "../model/index.js";

/** A process is known by its identity: `coordinator`, `p2`. */
export type Process = Identity;

/**
 * What travels between processes: an Immutable record with a `type` that tells it from every other
 * message (two record types with the same fields are equal to Immutable.js).
 */
export interface Message extends ValueObject {
  readonly type: string;
}

/** A message that says no more than its type. */
export class Signal<T extends string = string> extends Record({ type: "" }, "Signal") {
  declare readonly type: T;
}

/** `signal("VOTE_REQUEST")`: the message of that type, which carries nothing else. */
export function signal<const T extends string>(type: T): Signal<T> {
  return new Signal({ type }) as Signal<T>;
}
