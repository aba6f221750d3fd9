import { entriesOf } from "./containers.js";
import { Cursor, Deferred, updated } from "./cursor.js";
import { type Evaluation, LEAKED } from "./evaluation.js";
import { mistake } from "./mistake.js";
import {
  ABSENT,
  type Container,
  isShape,
  type Place,
  type Places,
  type Shape,
  shapeOf,
} from "./places.js";

/**
 * An update of one variable as a table from id to id, filled as ids are met. Shared by all the effects
 * that apply the same function to the same place.
 */
export class UpdateTable {
  readonly place: Place;
  /** By id; undefined where the update has not been applied yet. */
  readonly to: (number | undefined)[] = [];
  readonly #deferred: Deferred;

  constructor(deferred: Deferred) {
    this.place = deferred.place;
    this.#deferred = deferred;
  }

  /**
   * Applies the update to a value not met before.
   * @returns LEAKED when it is no function of this variable alone, so must not be deferred.
   */
  learn(id: number, evaluation: Evaluation): number | typeof LEAKED {
    const value = this.place.values[id];
    if (isShape(value)) return LEAKED;
    const { update, notSet } = this.#deferred;
    const result = evaluation.sealed("nothing", () => updated(value, update, notSet));
    if (result === LEAKED || result instanceof Cursor || shapeOf(result) !== null) return LEAKED;
    const { canonical } = evaluation.places;
    const to = this.place.idOf(result === ABSENT ? ABSENT : canonical.of(result, this.place.path));
    this.to[id] = to;
    return to;
  }
}

/** What one successor assigns: variables that get a value, and variables that are updated. */
export class Effect {
  /** Numbers the effects of one program. */
  readonly index: number;
  /** Variable to id. */
  readonly sets = new Map<number, number>();
  /** By variable. */
  readonly updates = new Map<number, UpdateTable>();

  constructor(index: number) {
    this.index = index;
  }
}

/** Turns the states that a function returned into effects on the state that it was given. */
export class Effects {
  readonly #places: Places;
  #count = 0;
  readonly #tables = new WeakMap<object, Map<unknown, Map<Place, UpdateTable>>>();
  /** Effects that empty a container also empty the places found in it later. */
  readonly #emptying = new Map<Container, Effect[]>();
  /** Effects that put a shape (or an atom, null) at a place also empty the other shapes found there later. */
  readonly #assigned = new Map<
    Place,
    { readonly effect: Effect; readonly shape: Shape | null }[]
  >();

  constructor(places: Places) {
    this.#places = places;
  }

  /**
   * @param state a cursor on the state given, with its changes, or a whole new record
   * @throws Mistake (not-a-value, not-a-state) naming the field
   */
  of(state: unknown): Effect {
    const effect = new Effect(this.#count++);
    const { root } = this.#places;
    if (state instanceof Cursor) {
      if (state.container.place !== root)
        throw mistake("not-a-state", { what: `the part "${state.container.name}" of one` });
      this.#changes(state, effect);
    } else {
      if (shapeOf(state) !== root.containers[0]?.shape)
        throw mistake("not-a-state", { what: describe(state) });
      this.#assign(root, state, effect);
    }
    return effect;
  }

  /** A place found after the effect was made, in a container that the effect empties, stays empty. */
  found(child: Place): void {
    const empty = (effect: Effect) => {
      if (!effect.sets.has(child.variable)) effect.sets.set(child.variable, child.idOf(ABSENT));
    };
    for (let inside = child.inside; inside; inside = inside.place.inside) {
      this.#emptying.get(inside)?.forEach(empty);
      for (const { effect, shape } of this.#assigned.get(inside.place) ?? [])
        if (shape !== inside.shape) empty(effect);
    }
  }

  #changes(cursor: Cursor, effect: Effect): void {
    const { container, cleared } = cursor;
    if (cursor.epoch !== cursor.evaluation.epoch)
      throw mistake("impure", { what: "it returned a state that an earlier call was given" });
    if (cleared) this.#empty(container, effect, new Set(cursor.changes.keys()));
    for (const [key, change] of cursor.changes) {
      // Below an emptied container nothing is a change to what was there: whole values only.
      const whole = cleared && change instanceof Cursor ? change.value() : change;
      this.#change(this.#places.child(container, key), whole, effect);
    }
  }

  #change(place: Place, change: unknown, effect: Effect): void {
    if (change instanceof Deferred) effect.updates.set(place.variable, this.#table(change));
    else if (change instanceof Cursor && change.container.place === place && change.side === 0)
      this.#changes(change, effect);
    else this.#assign(place, change instanceof Cursor ? change.value() : change, effect);
  }

  /** Assigns a whole value: a shape and everything below it, or an atom. */
  #assign(place: Place, value: unknown, effect: Effect): void {
    const { canonical } = this.#places;
    const shape = shapeOf(value);
    const atom = shape ?? (value === ABSENT ? ABSENT : canonical.of(value, place.path));
    effect.sets.set(place.variable, place.idOf(atom));
    listed(this.#assigned, place).push({ effect, shape });
    if (shape) {
      const container = this.#places.container(place, shape);
      const entries = entriesOf(value).map(
        ([key, entry]) => [canonical.of(key, `a key of ${container.name}`), entry] as const,
      );
      this.#empty(container, effect, new Set(entries.map(([key]) => key)));
      for (const [key, entry] of entries)
        this.#assign(this.#places.child(container, key), entry, effect);
    }
    for (const other of place.containers)
      if (other.shape !== shape) this.#empty(other, effect, NOTHING);
  }

  /** Makes everything in a container absent, but for the keys that are assigned anyway. */
  #empty(container: Container, effect: Effect, except: ReadonlySet<unknown>): void {
    listed(this.#emptying, container).push(effect);
    for (const child of container.children) {
      if (except.has(child.key)) continue;
      effect.sets.set(child.variable, child.idOf(ABSENT));
      listed(this.#assigned, child).push({ effect, shape: null });
      for (const below of child.containers) this.#empty(below, effect, NOTHING);
    }
  }

  #table(deferred: Deferred): UpdateTable {
    const { source, notSet, place } = deferred;
    let byDefault = this.#tables.get(source);
    if (byDefault === undefined) {
      byDefault = new Map();
      this.#tables.set(source, byDefault);
    }
    let byPlace = byDefault.get(notSet);
    if (byPlace === undefined) {
      byPlace = new Map();
      byDefault.set(notSet, byPlace);
    }
    let table = byPlace.get(place);
    if (table === undefined) {
      table = new UpdateTable(deferred);
      byPlace.set(place, table);
    }
    return table;
  }
}

function listed<K, V>(lists: Map<K, V[]>, key: K): V[] {
  let list = lists.get(key);
  if (list === undefined) {
    list = [];
    lists.set(key, list);
  }
  return list;
}

const NOTHING: ReadonlySet<unknown> = new Set();

function describe(value: unknown): string {
  if (value === undefined) return "undefined";
  return typeof value === "object" && value !== null && !("equals" in value)
    ? "a plain object"
    : String(value);
}
