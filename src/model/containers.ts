import { Map as ImmutableMap, Set as ImmutableSet } from "immutable";
import { PRESENT, type Shape, shapeOf } from "./places.js";
import type { AnyRecord } from "./records.js";
import { fieldsOf } from "./records.js";

/** What is in a record, map or set: [field, key or member, value]; a set's members are PRESENT. */
export function entriesOf(value: unknown): [unknown, unknown][] {
  const shape = shapeOf(value)!;
  switch (shape.kind) {
    case "record":
      return fieldsOf(value as object).map((name) => [name, (value as AnyRecord).get(name)]);
    case "map":
      return [...(value as ImmutableMap<unknown, unknown>)];
    case "set":
      return [...(value as ImmutableSet<unknown>)].map((member) => [member, PRESENT]);
  }
}

/** The record, map or set with these entries. */
export function build(shape: Shape, entries: readonly [unknown, unknown][]): unknown {
  switch (shape.kind) {
    case "record":
      return entries.reduce<AnyRecord>(
        (record, [name, value]) => record.set(name as string, value),
        shape.record!.sample,
      );
    case "map":
      return ImmutableMap(entries);
    case "set":
      return ImmutableSet(entries.map(([member]) => member));
  }
}
