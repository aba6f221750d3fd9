/**
 * One notion of equality: two values are equal when they have the same canonical representative,
 * which is then the very same JavaScript value (`===`). It agrees with Immutable's `is`, but for the
 * one case in which `is` cannot be trusted, which is refused: two record types with the same fields
 * are equal to Immutable.js and are not the same thing to anybody else.
 *
 * Representatives of sets and maps are rebuilt in the order of `compareValues`, so that a model that
 * walks one gets the same answer however the value came about.
 */
import {
  Map as ImmutableMap,
  Set as ImmutableSet,
  isCollection,
  isList,
  isMap,
  isOrderedMap,
  isOrderedSet,
  isRecord,
  isSet,
  List,
  OrderedMap,
  OrderedSet,
} from "immutable";
import { Identity } from "./identity.js";
import { mistake } from "./mistake.js";
import { compareValues } from "./order.js";
import { type AnyRecord, fieldsOf, typeName, typeOf } from "./records.js";

/** Objects that stand for a value and can be asked for it: the views that a model's functions see. */
export const AS_VALUE = Symbol("asValue");
export interface StandsForValue {
  [AS_VALUE](): unknown;
}

export class Canonical {
  readonly #numbers = new Map<unknown, number>();
  readonly #byContent = new Map<string, unknown>();
  readonly #byObject = new WeakMap<object, unknown>();
  readonly #recordTypes = new Map<object, number>();
  /** Content without the type's identity, to notice two types that Immutable.js cannot tell apart. */
  readonly #untyped = new Map<string, AnyRecord>();

  /**
   * The representative of a value.
   * @throws Mistake (not-a-value, records-alike) with the place inside the value.
   */
  of(value: unknown, where = "the value"): unknown {
    switch (typeof value) {
      case "string":
      case "boolean":
      case "undefined":
      case "bigint":
        return value;
      case "number":
        if (Number.isNaN(value)) throw notAValue("NaN", where);
        return value === 0 ? 0 : value;
      case "object":
        return value === null ? null : this.#ofObject(value, where);
      default:
        throw notAValue(`a ${typeof value}`, where);
    }
  }

  #ofObject(value: object, where: string): unknown {
    const known = this.#byObject.get(value);
    if (known !== undefined) return known;
    if (AS_VALUE in value) return this.of((value as StandsForValue)[AS_VALUE](), where);
    const [content, build] = this.#content(value, where);
    let representative = this.#byContent.get(content);
    if (representative === undefined) {
      representative = build();
      this.#byContent.set(content, representative);
      this.#byObject.set(representative as object, representative);
    }
    this.#byObject.set(value, representative);
    return representative;
  }

  /** What makes the value equal to another, as text over the numbers of its parts; and how to build it. */
  #content(value: object, where: string): [string, () => unknown] {
    if (value instanceof Identity) return [`I${value.kind}#${value.index}`, () => value];
    if (isRecord(value)) return this.#recordContent(value as unknown as AnyRecord, where);
    if (isOrderedMap(value) || isMap(value)) {
      const entries = [...(value as ImmutableMap<unknown, unknown>)].map(([k, v]) => {
        const key = this.of(k, `a key of ${where}`);
        return [key, this.of(v, `${where}, at ${shown(key)}`)] as [unknown, unknown];
      });
      const ordered = isOrderedMap(value);
      if (!ordered) entries.sort(([a], [b]) => compareValues(a, b));
      const numbers = entries.map(([k, v]) => `${this.#number(k)}:${this.#number(v)}`);
      if (ordered) return [`OM${numbers}`, () => OrderedMap(entries)];
      return [`M${numbers}`, () => ImmutableMap(entries)];
    }
    if (isCollection(value) && (isSet(value) || isList(value))) {
      const members = [...(value as Iterable<unknown>)].map((v, i) =>
        this.of(v, `${where}, member ${i + 1}`),
      );
      if (isSet(value) && !isOrderedSet(value)) members.sort(compareValues);
      const numbers = members.map((v) => this.#number(v)).join();
      if (isList(value)) return [`L${numbers}`, () => List(members)];
      if (isOrderedSet(value)) return [`OS${numbers}`, () => OrderedSet(members)];
      return [`S${numbers}`, () => ImmutableSet(members)];
    }
    throw notAValue(describeObject(value), where);
  }

  #recordContent(record: AnyRecord, where: string): [string, () => unknown] {
    const fields = fieldsOf(record);
    const values = fields.map((name) => this.of(record.get(name), `${where}, field ${name}`));
    const numbers = values.map((v) => this.#number(v)).join();
    const untyped = `${fields.join("\n")}\n\n${numbers}`;
    const like = this.#untyped.get(untyped);
    if (like === undefined) this.#untyped.set(untyped, record);
    else if (typeOf(like) !== typeOf(record)) {
      throw mistake("records-alike", {
        what: `${typeName(like)} and ${typeName(record)} with the fields ${fields.join(", ")}: ${record}`,
        where,
      });
    }
    const build = () =>
      fields.reduce<AnyRecord>(
        (built, name, i) =>
          Object.is(built.get(name), values[i]) ? built : built.set(name, values[i]),
        record,
      );
    return [`R${this.#typeNumber(record)}(${numbers}`, build];
  }

  #typeNumber(record: AnyRecord): number {
    return numberIn(this.#recordTypes, typeOf(record));
  }

  #number(representative: unknown): number {
    return numberIn(this.#numbers, representative);
  }
}

function numberIn<K>(numbers: Map<K, number>, key: K): number {
  let number = numbers.get(key);
  if (number === undefined) {
    number = numbers.size;
    numbers.set(key, number);
  }
  return number;
}

const notAValue = (what: string, where: string) => mistake("not-a-value", { what, where });

function describeObject(value: object): string {
  if (Array.isArray(value)) return "a plain array";
  if (value instanceof Date) return "a Date";
  if (isCollection(value)) return `an Immutable ${value.constructor.name || "sequence"}`;
  const name = (value.constructor as { name?: string } | undefined)?.name;
  return name && name !== "Object" ? `an object of class ${name}` : "a plain object";
}

function shown(value: unknown): string {
  return typeof value === "string" ? `"${value}"` : String(value);
}
