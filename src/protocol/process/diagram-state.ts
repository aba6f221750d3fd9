import { Record, type RecordOf } from "immutable";

const DiagramState = Record({ state: "" }, "DiagramState");

/**
 * The record of a process that remembers no more than where it is in its diagram; as good for its log,
 * where it writes that down. (One type for all of them, since records with the same fields are equal.)
 */
export function inState<S extends string>(state: S): RecordOf<{ readonly state: S }> {
  return DiagramState({ state }) as unknown as RecordOf<{ readonly state: S }>;
}

/** The record of a process that has no diagram, or nothing on stable storage. */
export const NOTHING_IN_PARTICULAR = inState("");
