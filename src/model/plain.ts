/**
 * Values of a state outside the program: as JSON data that is the same for equal values, however
 * they came about, and as the one line of text that a person would write.
 */
import { isCollection, isKeyed, isOrdered, isRecord, isSet } from "immutable";
import { Identity } from "./identity.js";
import { compareNaturally } from "./natural-order.js";
import { compareValues } from "./order.js";
import { fieldsOf, typeName } from "./records.js";

export type Plain =
  | null
  | boolean
  | number
  | string
  | readonly Plain[]
  | { readonly [name: string]: Plain };

/**
 * A value as JSON data. Records and maps keyed by names become objects, other maps sorted lists of
 * [key, value], sets sorted lists. JSON has no `undefined`: it becomes null.
 */
export function toPlain(value: unknown): Plain {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object") return value as Plain;
  if (value instanceof Identity) return value.name;
  if (isRecord(value))
    return Object.fromEntries(fieldsOf(value).map((field) => [field, toPlain(value.get(field))]));
  if (isCollection(value) && isKeyed(value)) {
    const entries = entriesInOrder(value as Iterable<[unknown, unknown]>);
    return isKeyedByNames(entries)
      ? Object.fromEntries(entries.map(([key, v]) => [String(key), toPlain(v)]))
      : entries.map(([key, v]) => [toPlain(key), toPlain(v)]);
  }
  if (isCollection(value)) return membersInOrder(value as Iterable<unknown>).map(toPlain);
  return String(value);
}

/** A value as a person writes it: `{p1, p2}`, `{p1: ready}`, `[1, 2]`, `Prepared(rm1)`. */
export function valueText(value: unknown): string {
  if (value instanceof Identity) return value.name;
  if (typeof value === "string")
    return /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(value) ? value : JSON.stringify(value);
  if (isRecord(value)) return recordText(value);
  if (!isCollection(value)) return String(value);
  if (isKeyed(value)) {
    const entries = entriesInOrder(value as Iterable<[unknown, unknown]>);
    return `{${entries.map(([key, v]) => `${valueText(key)}: ${valueText(v)}`).join(", ")}}`;
  }
  const members = membersInOrder(value as Iterable<unknown>)
    .map(valueText)
    .join(", ");
  return isSet(value) ? `{${members}}` : `[${members}]`;
}

/** A message reads as the paper has it: its type, then what it carries. */
function recordText(record: object & { get(field: string): unknown }): string {
  const fields = fieldsOf(record);
  const type = fields.includes("type") ? record.get("type") : undefined;
  const named = typeof type === "string";
  const rest = named ? fields.filter((field) => field !== "type") : fields;
  const name = named ? type : typeName(record);
  if (rest.length === 0) return name;
  const only = named && rest.length === 1;
  const parts = rest.map((field) => `${only ? "" : `${field}: `}${valueText(record.get(field))}`);
  return `${name}(${parts.join(", ")})`;
}

/** The entries of a map in an order that depends on the value alone. */
export function entriesInOrder(map: Iterable<[unknown, unknown]>): [unknown, unknown][] {
  const entries = [...map];
  return isOrdered(map) ? entries : entries.sort(([a], [b]) => compareForPeople(a, b));
}

/** The members of a set, list or stack in an order that depends on the value alone. */
export function membersInOrder(collection: Iterable<unknown>): unknown[] {
  const members = [...collection];
  return isOrdered(collection) ? members : members.sort(compareForPeople);
}

/** Numbers by size and everything else by its text, so that p2 comes before p10. */
function compareForPeople(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return compareNaturally(valueText(a), valueText(b)) || compareValues(a, b);
}

/** Whether each key is a text or an identity, no two of which print alike. */
function isKeyedByNames(entries: readonly [unknown, unknown][]): boolean {
  const isName = (key: unknown) => typeof key === "string" || key instanceof Identity;
  return (
    entries.every(([key]) => isName(key)) &&
    new Set(entries.map(([key]) => String(key))).size === entries.length
  );
}
