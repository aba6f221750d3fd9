/**
 * A state taken apart. Whatever has parts (records, maps, sets) is a *container*; the places in it are
 * its fields, keys and members, found as the search goes; and each place is one variable, whose value
 * is an atom (text, a number, an identity, a list…), the *shape* of the container that lies there, or
 * ABSENT. So `rmState.get(rm1)` is one small variable, and the map around it is none.
 *
 * A place may hold different shapes in different states (a follower's record here, a leader's there):
 * the parts of a shape that does not lie there are absent.
 */
import { isMap, isOrdered, isRecord, isSet, Record } from "immutable";
import type { Canonical } from "./canonical.js";
import { mistake } from "./mistake.js";
import { type AnyRecord, fieldsOf, typeName, typeOf } from "./records.js";

export const ABSENT: unique symbol = Symbol("absent");

/** What a container is; a record's shape is its type. */
export interface Shape {
  readonly kind: "record" | "map" | "set";
  /** For a record: its prototype, its fields in order, and one of its kind to build others from. */
  readonly record: { readonly sample: AnyRecord; readonly fields: readonly string[] } | null;
}

const MAP: Shape = { kind: "map", record: null };
const SET: Shape = { kind: "set", record: null };

export function isShape(value: unknown): value is Shape {
  return value === MAP || value === SET || recordShapes.has(value as Shape);
}

const shapeOfType = new WeakMap<object, Shape>();
const recordShapes = new WeakSet<Shape>();

function mustBeFree(field: string, sample: AnyRecord): void {
  if (field in Record.prototype)
    throw mistake("field-name-taken", { what: `"${field}"`, where: typeName(sample) });
}

/**
 * Two record types at one place must not be equal to Immutable.js: with the same fields, some field must
 * have another default (`type: "Leader"`), which is what tells them apart.
 */
function mustBeToldApart({ shape, name }: Container, other: Shape): void {
  const [a, b] = [shape.record, other.record];
  if (!a || !b || String(a.fields) !== String(b.fields)) return;
  const defaults = ({ sample }: NonNullable<Shape["record"]>) =>
    (sample as unknown as { clear(): { equals(other: unknown): boolean } }).clear();
  if (defaults(a).equals(defaults(b)))
    throw mistake("records-alike", {
      what: `${typeName(a.sample)} and ${typeName(b.sample)} with the fields ${a.fields.join(", ")}`,
      where: name,
    });
}

/** The shape of a value that falls apart; null for an atom. */
export function shapeOf(value: unknown): Shape | null {
  if (typeof value !== "object" || value === null) return null;
  if (isRecord(value)) {
    let shape = shapeOfType.get(typeOf(value));
    if (shape === undefined) {
      const sample = value as unknown as AnyRecord;
      const fields = fieldsOf(value);
      for (const field of fields) mustBeFree(field, sample);
      shape = { kind: "record", record: { sample, fields } };
      shapeOfType.set(typeOf(value), shape);
      recordShapes.add(shape);
    }
    return shape;
  }
  if (isMap(value) && !isOrdered(value)) return MAP;
  if (isSet(value) && !isOrdered(value)) return SET;
  return null;
}

/** A set's member is present or absent; this is the value of one that is present. */
export const PRESENT = true;

/** One variable: where it is, and the values that it has taken so far, each known by its position. */
export class Place {
  readonly variable: number;
  readonly inside: Container | null;
  /** Field name, or canonical key or member. */
  readonly key: unknown;
  readonly values: unknown[] = [];
  readonly containers: Container[] = [];
  /** Whether an update of it was ever left as one, the variable not having been read. */
  isDeferred = false;
  readonly #ids = new Map<unknown, number>();

  constructor(variable: number, inside: Container | null, key: unknown) {
    this.variable = variable;
    this.inside = inside;
    this.key = key;
  }

  /** The small integer that stands for an atom, a shape or ABSENT at this place. */
  idOf(value: unknown): number {
    let id = this.#ids.get(value);
    if (id === undefined) {
      id = this.values.length;
      this.values.push(value);
      this.#ids.set(value, id);
    }
    return id;
  }

  containerOf(shape: Shape): Container | undefined {
    return this.containers.find((container) => container.shape === shape);
  }

  /** `rmState.rm1`: as a person names it. */
  get path(): string {
    const above = this.inside?.place.path;
    return above ? `${above}.${String(this.key)}` : this.inside ? String(this.key) : "";
  }
}

/** The parts of one shape at one place. */
export class Container {
  readonly shape: Shape;
  readonly place: Place;
  /** In the order in which they were found. */
  readonly children: Place[] = [];
  readonly #byKey = new Map<unknown, Place>();

  constructor(shape: Shape, place: Place) {
    this.shape = shape;
    this.place = place;
  }

  child(key: unknown): Place | undefined {
    return this.#byKey.get(key);
  }

  add(child: Place): void {
    this.children.push(child);
    this.#byKey.set(child.key, child);
  }

  get name(): string {
    const path = this.place.path;
    if (path) return path;
    return this.shape.record ? typeName(this.shape.record.sample) : "the state";
  }
}

/** Told when a variable or an instance's population grows after the search has begun. */
export interface Growth {
  found(child: Place): void;
}

/** All the places of a system's states, the root being the state itself. */
export class Places {
  readonly canonical: Canonical;
  readonly all: Place[] = [];
  readonly root: Place;
  #growth: Growth | null = null;

  constructor(canonical: Canonical) {
    this.canonical = canonical;
    this.root = this.#create(null, null);
  }

  /** From now on a new place is absent in all the states that were seen before it. */
  watch(growth: Growth): void {
    this.#growth = growth;
  }

  container(place: Place, shape: Shape): Container {
    let container = place.containerOf(shape);
    if (container === undefined) {
      for (const other of place.containers) mustBeToldApart(other, shape);
      container = new Container(shape, place);
      place.containers.push(container);
      for (const field of shape.record?.fields ?? []) this.child(container, field);
    }
    return container;
  }

  /** The place of a (canonical) key, made if there is none yet. */
  child(container: Container, key: unknown): Place {
    const known = container.child(key);
    if (known !== undefined) return known;
    const child = this.#create(container, key);
    container.add(child);
    this.#growth?.found(child);
    return child;
  }

  #create(inside: Container | null, key: unknown): Place {
    const place = new Place(this.all.length, inside, key);
    if (this.#growth) place.idOf(ABSENT);
    this.all.push(place);
    return place;
  }
}
