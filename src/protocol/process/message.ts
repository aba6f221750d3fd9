import { Record, type RecordOf, type ValueObject } from "immutable";
import type { Identity } from "../../model/index.js";

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

/**
 * Defines a type of message with fields: `const Prepare = message("Prepare", { ballot: 0 })` makes
 * `Prepare({ ballot: 3 })`, and `{ message: { ballot } }` reads it.
 * @param fields what each is where nothing is said
 */
export function message<const T extends string, F extends object>(
  type: T,
  fields: F,
): (values?: Partial<F>) => MessageOf<T, F> {
  return Record({ ...fields, type }, type) as unknown as (values?: Partial<F>) => MessageOf<T, F>;
}

export type MessageOf<T extends string, F extends object> = RecordOf<F & { readonly type: T }> & {
  readonly type: T;
};

/** What anybody recognises as wrong: sent in place of a message by a process that fails safely. */
export const GARBLED = signal("GARBLED");
