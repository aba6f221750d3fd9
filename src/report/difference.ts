import { type Set as ImmutableSet, is, isKeyed, isMap, isRecord, isSet } from "immutable";
import { entriesInOrder, fieldsOf, membersInOrder, valueText } from "../model/index.js";

/**
 * What a step changed, a line for each place: `rmState.rm1: working → prepared` for a value,
 * `msgs: + Commit` and `msgs: − Commit` for a member that a set gained or lost.
 */
export function differences(before: unknown, after: unknown, path = ""): string[] {
  if (is(before, after)) return [];
  if (isSet(before) && isSet(after)) return memberChanges(before, after, path);
  const [old, now] = [parts(before, path), parts(after, path)];
  if (old === null || now === null) return [`${path}: ${valueText(before)} → ${valueText(after)}`];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names.flatMap((name) => {
    const inner = path === "" ? name : `${path}.${name}`;
    if (!old.has(name)) return [`${inner}: + ${valueText(now.get(name))}`];
    if (!now.has(name)) return [`${inner}: − ${valueText(old.get(name))}`];
    return differences(old.get(name), now.get(name), inner);
  });
}

/** The whole of a state, a line for each field. */
export function stateLines(state: unknown): string[] {
  const fields = parts(state, "");
  if (fields === null) return [valueText(state)];
  return [...fields].map(([name, value]) => `${name}: ${valueText(value)}`);
}

function memberChanges(
  before: ImmutableSet<unknown>,
  after: ImmutableSet<unknown>,
  path: string,
): string[] {
  const lines = (sign: string, members: ImmutableSet<unknown>) =>
    membersInOrder(members).map((member) => `${path}: ${sign} ${valueText(member)}`);
  return [...lines("−", before.subtract(after)), ...lines("+", after.subtract(before))];
}

/** The named parts that a value falls into; null for one that is compared whole. */
function parts(value: unknown, path: string): Map<string, unknown> | null {
  // A message is told by its type and contents, never as a change within it; a state never is one.
  if (isRecord(value))
    return path !== "" && fieldsOf(value).includes("type")
      ? null
      : new Map(fieldsOf(value).map((field) => [field, value.get(field)]));
  if (isMap(value) && isKeyed(value))
    return new Map(entriesInOrder(value).map(([key, inner]) => [valueText(key), inner]));
  return null;
}
