/**
 * What a model's functions are handed: objects that look and behave like the Immutable record, map or
 * set that lies there (`instanceof`, `isMap` and a record class's own methods included), and that note
 * what is asked of them. Methods that can be answered entry by entry are; every other Immutable method
 * is answered by the whole value, and so reads it.
 */
import {
  Map as ImmutableMap,
  Set as ImmutableSet,
  isCollection,
  isRecord,
  Record,
} from "immutable";
import { AS_VALUE } from "./canonical.js";
import { Cursor } from "./cursor.js";
import { ABSENT, type Container, PRESENT, type Shape } from "./places.js";
import { typeOf } from "./records.js";

const CURSOR = Symbol("cursor");

type View = { [CURSOR]: Cursor };
type Method = (this: View, ...args: never[]) => unknown;
type Methods = { readonly [name: string | symbol]: Method };

/** The view of a container; the same object, within one call, as long as nothing has changed. */
export function viewOf(cursor: Cursor): unknown {
  if (!cursor.isUnchanged) return newView(cursor);
  const given = cursor.evaluation.handedOut[cursor.side];
  let view = given.get(cursor.container);
  if (view === undefined) {
    view = newView(cursor);
    given.set(cursor.container, view);
  }
  return view;
}

function newView(cursor: Cursor): unknown {
  const view = Object.create(prototypeFor(cursor.shape)) as View;
  view[CURSOR] = cursor;
  return view;
}

/** The cursor behind a view; undefined for any other value. */
export function cursorOf(value: unknown): Cursor | undefined {
  if (typeof value !== "object" || value === null || !(CURSOR in value)) return undefined;
  return (value as View)[CURSOR];
}

/** Out of the cursor's world into the function's: containers become views. */
const outward = (value: unknown) => (value instanceof Cursor ? viewOf(value) : value);
/** Into the cursor's world: views become cursors. */
const inward = (value: unknown) => cursorOf(value) ?? value;

/** The same view for an unchanged cursor; a mutable one changes in place, as Immutable's do. */
function become(view: View, cursor: Cursor): unknown {
  if (!mutable.has(view)) return viewOf(cursor);
  view[CURSOR] = cursor;
  return view;
}

const mutable = new WeakSet<object>();

function get(this: View, key: unknown, notSet?: unknown): unknown {
  const cursor = this[CURSOR];
  const { record } = cursor.shape;
  if (record && !record.fields.includes(key as string)) return notSet;
  if (cursor.shape.kind === "set") return has.call(this, key) ? key : notSet;
  const value = cursor.at(cursor.key(key));
  return value === ABSENT ? notSet : outward(value);
}

function has(this: View, key: unknown): boolean {
  const cursor = this[CURSOR];
  const { record } = cursor.shape;
  if (record) return record.fields.includes(key as string);
  return cursor.has(cursor.key(key));
}

function set(this: View, key: unknown, value: unknown): unknown {
  const cursor = this[CURSOR];
  return become(this, cursor.with(cursor.key(key), inward(value)));
}

function update(this: View, ...args: unknown[]): unknown {
  if (args.length === 1) return (args[0] as (view: unknown) => unknown)(this);
  const [key, notSet, updater] = args.length === 2 ? [args[0], undefined, args[1]] : args;
  const cursor = this[CURSOR];
  const apply = updater as (value: unknown) => unknown;
  return become(
    this,
    cursor.update(cursor.key(key), (value) => inward(apply(outward(value))), inward(notSet), apply),
  );
}

function getIn(this: View, path: Iterable<unknown>, notSet?: unknown): unknown {
  let value: unknown = this;
  for (const key of path) {
    value = entryOf(value, key, ABSENT);
    if (value === ABSENT) return notSet;
  }
  return value;
}

function entryOf(value: unknown, key: unknown, notSet: unknown): unknown {
  if (isCollection(value) || isRecord(value))
    return (value as { get(key: unknown, notSet: unknown): unknown }).get(key, notSet);
  return notSet;
}

/** Sets without reading what was there. */
function setIn(this: View, path: Iterable<unknown>, value: unknown): unknown {
  return changedIn(
    this,
    [...path],
    (container, key) => container.set(key, value),
    () => value,
  );
}

function deleteIn(this: View, path: Iterable<unknown>): unknown {
  const keys = [...path];
  if (getIn.call(this, keys.slice(0, -1), ABSENT) === ABSENT) return this;
  return changedIn(
    this,
    keys,
    (container, key) => container.delete(key),
    () => undefined,
  );
}

function updateIn(this: View, path: Iterable<unknown>, ...args: unknown[]): unknown {
  const [notSet, updater] = args.length === 1 ? [undefined, args[0]] : args;
  const apply = updater as (value: unknown) => unknown;
  return changedIn(
    this,
    [...path],
    (container, key) => container.update(key, notSet, apply),
    () => apply(this),
  );
}

interface Changeable {
  get(key: unknown, notSet?: unknown): unknown;
  set(key: unknown, value: unknown): unknown;
  delete(key: unknown): unknown;
  update(key: unknown, notSet: unknown, updater: (value: unknown) => unknown): unknown;
}

function changedIn(
  container: unknown,
  path: readonly unknown[],
  change: (container: Changeable, key: unknown) => unknown,
  atRoot: () => unknown,
): unknown {
  if (path.length === 0) return atRoot();
  const [key, ...rest] = path;
  const here = container as Changeable;
  if (rest.length === 0) return change(here, key);
  const below = here.get(key) ?? ImmutableMap();
  return here.set(key, changedIn(below, rest, change, atRoot));
}

function remove(this: View, key: unknown): unknown {
  const cursor = this[CURSOR];
  const { record } = cursor.shape;
  if (record) {
    cursor.mustHaveField(key);
    return become(this, cursor.with(key, defaultOf(cursor.shape, key as string)));
  }
  return become(this, cursor.with(cursor.key(key), ABSENT));
}

function defaultOf({ record }: Shape, field: string): unknown {
  return (record!.sample as unknown as { clear(): { get(field: string): unknown } })
    .clear()
    .get(field);
}

function clear(this: View): unknown {
  const cursor = this[CURSOR];
  if (cursor.shape.record) {
    const whole = cursor.shape.record.sample as unknown as { clear(): unknown };
    return whole.clear();
  }
  return become(this, cursor.emptied());
}

function merge(this: View, ...sources: unknown[]): unknown {
  let cursor = this[CURSOR];
  for (const source of sources)
    for (const [key, value] of entriesIn(source))
      cursor = cursor.with(cursor.key(key), inward(value));
  return become(this, cursor);
}

function entriesIn(source: unknown): Iterable<[unknown, unknown]> {
  if (isRecord(source)) return source.toSeq() as unknown as Iterable<[unknown, unknown]>;
  if (typeof source === "object" && source !== null && !(Symbol.iterator in source))
    return Object.entries(source);
  return source as Iterable<[unknown, unknown]>;
}

function withMutations(this: View, change: (view: unknown) => unknown): unknown {
  const copy = asMutable.call(this);
  change(copy);
  return viewOf((copy as View)[CURSOR]);
}

function asMutable(this: View): unknown {
  const copy = newView(this[CURSOR]) as View;
  mutable.add(copy);
  return copy;
}

function asImmutable(this: View): unknown {
  return viewOf(this[CURSOR]);
}

function equals(this: View, other: unknown): boolean {
  return this[CURSOR].equals(inward(other));
}

function isEmpty(this: View): boolean {
  return !this[CURSOR].some(() => true);
}

type Question = (value: unknown, key: unknown, collection: unknown) => unknown;

/** A question as asked of a map's entry or of a set's member. */
function asking(view: View, question: Question): (value: unknown, key: unknown) => boolean {
  return view[CURSOR].shape.kind === "set"
    ? (_, member) => Boolean(question(member, member, view))
    : (value, key) => Boolean(question(outward(value), key, view));
}

function some(this: View, question: Question): boolean {
  return this[CURSOR].some(asking(this, question));
}

function every(this: View, question: Question): boolean {
  const ask = asking(this, question);
  return !this[CURSOR].some((value, key) => !ask(value, key));
}

function add(this: View, member: unknown): unknown {
  const cursor = this[CURSOR];
  return become(this, cursor.with(cursor.key(member), PRESENT));
}

function union(this: View, ...sources: Iterable<unknown>[]): unknown {
  let cursor = this[CURSOR];
  for (const source of sources)
    for (const member of source) cursor = cursor.with(cursor.key(member), PRESENT);
  return become(this, cursor);
}

function subtract(this: View, ...sources: Iterable<unknown>[]): unknown {
  let cursor = this[CURSOR];
  for (const source of sources)
    for (const member of source) cursor = cursor.with(cursor.key(member), ABSENT);
  return become(this, cursor);
}

function isSuperset(this: View, other: Iterable<unknown>): boolean {
  for (const member of other) if (!has.call(this, member)) return false;
  return true;
}

function isSubset(this: View, other: Iterable<unknown>): boolean {
  const allowed = ImmutableSet(other);
  return !this[CURSOR].some((_, member) => !allowed.has(member));
}

function asValue(this: View): unknown {
  return this[CURSOR].value();
}

const COMMON: Methods = {
  [AS_VALUE]: asValue,
  get,
  has,
  getIn,
  hasIn(this: View, path: Iterable<unknown>) {
    return getIn.call(this, path, ABSENT) !== ABSENT;
  },
  equals,
  withMutations,
  asMutable,
  asImmutable,
  wasAltered: () => false,
};

const KEYED: Methods = {
  ...COMMON,
  set,
  update,
  setIn,
  updateIn,
  deleteIn,
  removeIn: deleteIn,
  remove,
  delete: remove,
  clear,
  merge,
};

const COLLECTION: Methods = { isEmpty, some, every };

const MAP: Methods = { ...KEYED, ...COLLECTION, concat: merge };

const SET: Methods = {
  ...COMMON,
  ...COLLECTION,
  add,
  remove,
  delete: remove,
  clear,
  union,
  merge: union,
  concat: union,
  subtract,
  isSuperset,
  isSubset,
  includes: has,
  contains: has,
};

const prototypes = new Map<Shape, object>();

function prototypeFor(shape: Shape): object {
  let prototype = prototypes.get(shape);
  if (prototype === undefined) {
    prototype =
      shape.kind === "record"
        ? lookAlike(typeOf(shape.record!.sample), Record.prototype, KEYED)
        : shape.kind === "map"
          ? lookAlike(ImmutableMap.prototype, ImmutableMap.prototype, MAP)
          : lookAlike(ImmutableSet.prototype, ImmutableSet.prototype, SET);
    prototypes.set(shape, prototype);
  }
  return prototype;
}

/**
 * An object that inherits from `base`, answers `methods` itself, and hands every other method that
 * Immutable.js defines (on `immutable` and above it) to the whole value.
 */
function lookAlike(base: object, immutable: object, methods: Methods): object {
  const prototype = Object.create(base) as object;
  for (
    let from = immutable;
    from !== Object.prototype;
    from = Object.getPrototypeOf(from) as object
  ) {
    for (const name of Reflect.ownKeys(from)) {
      const inherited = Object.getOwnPropertyDescriptor(from, name)!.value as unknown;
      if (typeof inherited !== "function" || name === "constructor") continue;
      if (Object.hasOwn(prototype, name) || overridden(base, immutable, name)) continue;
      define(prototype, name, function (this: View, ...args: unknown[]) {
        const whole = this[CURSOR].value() as {
          [name: string | symbol]: (...a: unknown[]) => unknown;
        };
        return whole[name]!(...args);
      });
    }
  }
  for (const name of Reflect.ownKeys(methods))
    if (!overridden(base, immutable, name)) define(prototype, name, methods[name]!);
  if (base === immutable) {
    Object.defineProperty(prototype, "size", {
      get(this: View) {
        return (this[CURSOR].value() as { size: number }).size;
      },
    });
  }
  return prototype;
}

/** Whether a record class written by the model's author has a method of this name of its own. */
function overridden(base: object, immutable: object, name: string | symbol): boolean {
  for (let from = base; from !== immutable; from = Object.getPrototypeOf(from) as object)
    if (Object.hasOwn(from, name) && name !== "constructor") return true;
  return false;
}

function define(prototype: object, name: string | symbol, value: unknown): void {
  Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
}

/** The container that `membersOf` names, if it is one as it lies in the state. */
export function containerOf(value: unknown): Container | undefined {
  const cursor = cursorOf(value);
  if (!cursor?.isUnchanged || cursor.shape.kind === "record") return undefined;
  return cursor.container;
}
