import { isCollection, isIndexed, isKeyed, isOrdered, isRecord } from "immutable";
import { Identity } from "./identity.js";
import { fieldsOf } from "./records.js";

/**
 * A total order on the values that a state may hold: by kind of value, then by content.
 *
 * Immutable.js iterates a set or map in the order of insertion (up to eight entries) or of hashes
 * (above), so two equal collections may be walked in different orders. Wherever the checker walks one
 * or hands one to a model, it is in this order, so that an answer depends on the value alone.
 *
 * @returns negative, zero or positive; zero exactly for equal values.
 */
export function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0;
  const rank = rankOf(a);
  const difference = rank - rankOf(b);
  if (difference !== 0) return difference;
  switch (rank) {
    case Rank.boolean:
    case Rank.number:
    case Rank.bigint:
    case Rank.string:
      return (a as string) < (b as string) ? -1 : (a as string) > (b as string) ? 1 : 0;
    case Rank.identity: {
      const [x, y] = [a as Identity, b as Identity];
      return compareValues(x.kind, y.kind) || x.index - y.index;
    }
    default:
      return compareSequences(contents(a), contents(b));
  }
}

const Rank = {
  undefined: 0,
  null: 1,
  boolean: 2,
  number: 3,
  bigint: 4,
  string: 5,
  identity: 6,
  record: 7,
  list: 8,
  orderedMap: 9,
  orderedSet: 10,
  keyed: 11,
  set: 12,
  other: 13,
} as const;

function rankOf(value: unknown): number {
  if (value === null) return Rank.null;
  if (typeof value !== "object") return Rank[typeof value as keyof typeof Rank] ?? Rank.other;
  if (value instanceof Identity) return Rank.identity;
  if (isRecord(value)) return Rank.record;
  if (!isCollection(value)) return Rank.other;
  if (isOrdered(value))
    return isKeyed(value) ? Rank.orderedMap : isIndexed(value) ? Rank.list : Rank.orderedSet;
  return isKeyed(value) ? Rank.keyed : Rank.set;
}

function contents(value: unknown): unknown[] {
  if (isRecord(value)) return fieldsOf(value).flatMap((name) => [name, value.get(name)]);
  if (!isCollection(value)) return [String(value)];
  if (!isKeyed(value)) return isOrdered(value) ? [...value] : [...value].sort(compareValues);
  const entries = [...(value as Iterable<[unknown, unknown]>)];
  if (!isOrdered(value)) entries.sort(([x], [y]) => compareValues(x, y));
  return entries.flat();
}

function compareSequences(a: readonly unknown[], b: readonly unknown[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const difference = compareValues(a[i], b[i]);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
