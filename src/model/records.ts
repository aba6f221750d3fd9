/**
 * What this project needs to know of an Immutable.js record beyond its public interface: the names of
 * its fields in order of declaration, and its type (its prototype, so that a subclass is a type).
 */
export interface AnyRecord {
  get(field: string): unknown;
  set(field: string, value: unknown): AnyRecord;
  toSeq(): { keySeq(): Iterable<string> };
}

const names = new WeakMap<object, readonly string[]>();

/** The fields of a record's type, in order of declaration. */
export function fieldsOf(record: object): readonly string[] {
  const type = typeOf(record);
  let fields = names.get(type);
  if (fields === undefined) {
    fields = [...(record as AnyRecord).toSeq().keySeq()];
    names.set(type, fields);
  }
  return fields;
}

export function typeOf(record: object): object {
  return Object.getPrototypeOf(record) as object;
}

/** `Prepared`: the descriptive name that the record's type was given. */
export function typeName(record: object): string {
  const { displayName, name } = record.constructor as { displayName?: string; name: string };
  return (
    (Object.hasOwn(record.constructor, "displayName") ? displayName : name) ||
    displayName ||
    "Record"
  );
}
