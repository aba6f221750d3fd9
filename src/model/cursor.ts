import { is } from "immutable";
import { build, entriesOf } from "./containers.js";
import { type Evaluation, LEAKED, type Side } from "./evaluation.js";
import { mistake } from "./mistake.js";
import { ABSENT, type Container, isShape, type Place, type Shape, shapeOf } from "./places.js";

/**
 * An update of a variable that the function has not read: `n => n + 1` on a counter, one more message
 * in a mailbox. It stays an update, remembered per value of that one variable, instead of making the
 * whole function depend on the value.
 */
export class Deferred {
  readonly place: Place;
  readonly update: (value: unknown) => unknown;
  readonly notSet: unknown;
  /** The function as the model wrote it: updates by the same function share what is known of it. */
  readonly source: object;

  constructor(
    place: Place,
    update: (value: unknown) => unknown,
    notSet: unknown,
    source: object = update,
  ) {
    this.place = place;
    this.update = update;
    this.notSet = notSet;
    this.source = source;
  }
}

/** As Immutable's `update`: a function that returns what it was given changes nothing. */
export function updated(
  value: unknown,
  update: (value: unknown) => unknown,
  notSet: unknown,
): unknown {
  const given = value === ABSENT ? notSet : value;
  const result = update(given);
  return is(result, given) ? value : result;
}

/**
 * A container of one state as a model's function sees it, with the changes that the function has made
 * to it so far. Never changed itself: a change gives another cursor.
 */
export class Cursor {
  readonly evaluation: Evaluation;
  readonly container: Container;
  readonly side: Side;
  readonly epoch: number;
  /** Changed entries by canonical key: an atom, ABSENT, a Cursor, a Deferred, or a value that falls apart. */
  readonly changes: ReadonlyMap<unknown, unknown>;
  /** Nothing of what was there before is there still. */
  readonly cleared: boolean;

  constructor(
    evaluation: Evaluation,
    container: Container,
    side: Side,
    changes: ReadonlyMap<unknown, unknown> = NO_CHANGES,
    cleared = false,
  ) {
    this.evaluation = evaluation;
    this.container = container;
    this.side = side;
    this.changes = changes;
    this.cleared = cleared;
    this.epoch = evaluation.epoch;
  }

  get isUnchanged(): boolean {
    return this.changes.size === 0 && !this.cleared;
  }

  get shape(): Shape {
    return this.container.shape;
  }

  key(key: unknown): unknown {
    return this.evaluation.places.canonical.of(key, `a key of ${this.container.name}`);
  }

  /** What is at a canonical key: an atom, ABSENT, a Cursor where it falls apart, or a whole new value. */
  at(key: unknown): unknown {
    this.#mustBeCurrent();
    if (this.changes.has(key)) {
      const change = this.changes.get(key);
      return change instanceof Deferred ? this.#force(change) : change;
    }
    if (this.cleared) return ABSENT;
    return this.#below(this.#child(key), this.evaluation.read(this.#child(key), this.side));
  }

  has(key: unknown): boolean {
    if (this.changes.has(key) || this.cleared) return this.at(key) !== ABSENT;
    this.#mustBeCurrent();
    return this.evaluation.project(this.#child(key), this.side, (value) => value !== ABSENT);
  }

  /** @throws Mistake (unknown-field) where Immutable.js would drop the assignment. */
  with(key: unknown, value: unknown): Cursor {
    this.mustHaveField(key);
    const changes = new Map(this.changes);
    changes.set(key, value);
    return new Cursor(this.evaluation, this.container, this.side, changes, this.cleared);
  }

  mustHaveField(key: unknown): void {
    const { record } = this.shape;
    if (record && !record.fields.includes(key as string)) {
      throw mistake("unknown-field", {
        what: `"${String(key)}"`,
        where: `${this.container.name} has the fields ${record.fields.join(", ")}`,
      });
    }
  }

  emptied(): Cursor {
    return new Cursor(this.evaluation, this.container, this.side, NO_CHANGES, true);
  }

  /** @param source the function as the model wrote it, where `update` only wraps it */
  update(
    key: unknown,
    update: (value: unknown) => unknown,
    notSet: unknown,
    source: object = update,
  ): Cursor {
    this.mustHaveField(key);
    const { evaluation, side } = this;
    if (!this.changes.has(key) && !this.cleared && evaluation.defers && evaluation.isOpen) {
      const place = this.#child(key);
      if (!evaluation.knows(place, side)) {
        if (this.#canDefer(place, update, notSet)) {
          place.isDeferred = true;
          return this.with(key, new Deferred(place, update, notSet, source));
        }
        // What lies in containers only is never deferred, by anybody: nothing depends on the value there.
        if (place.containers.length === 0 || place.isDeferred) evaluation.deferralFailed = true;
      }
    }
    return this.with(key, updated(this.at(key), update, notSet));
  }

  /** Whether, as far as the present value shows, the update is a function of this one variable. */
  #canDefer(place: Place, update: (value: unknown) => unknown, notSet: unknown): boolean {
    if (place.containers.length > 0) return false;
    const value = this.evaluation.peek(place, this.side);
    const result = this.evaluation.sealed("nothing", () => updated(value, update, notSet));
    return result !== LEAKED && !isContainer(result);
  }

  /** Whether some entry satisfies the question, asking of each member no more than that. */
  some(question: (value: unknown, key: unknown) => boolean): boolean {
    this.#mustBeCurrent();
    const { evaluation, side, container } = this;
    const known = this.cleared ? [] : container.children.slice();
    for (const child of known) {
      if (this.changes.has(child.key)) continue;
      const answer = evaluation.project(
        child,
        side,
        (value) => value !== ABSENT && question(this.#below(child, value), child.key),
      );
      if (answer) return true;
    }
    for (const key of this.changes.keys()) {
      const value = this.at(key);
      if (value !== ABSENT && question(value, key)) return true;
    }
    if (!this.cleared && this.shape.kind !== "record") evaluation.population(container, side);
    return false;
  }

  /** Whether the entry at a canonical key equals a value; of an atom no more is asked than that. */
  entryEquals(key: unknown, wanted: unknown): boolean {
    const { canonical } = this.evaluation.places;
    if (!isContainer(wanted) && !this.changes.has(key) && !this.cleared) {
      const atom = canonical.of(wanted);
      return this.evaluation.project(this.#child(key), this.side, (value) => value === atom);
    }
    const value = this.at(key);
    if (value instanceof Cursor) return value.equals(wanted);
    return value !== ABSENT && is(value, wanted);
  }

  /** Entry by entry, stopping at the first difference. `other` is a whole value or a Cursor. */
  equals(other: unknown): boolean {
    if (other instanceof Cursor && this.#same(other)) return true;
    const value = other instanceof Cursor ? other.value() : other;
    const shape = shapeOf(value);
    if (shape !== this.shape) return false;
    const wanted = entriesOf(value);
    for (const [key, entry] of wanted) if (!this.entryEquals(this.key(key), entry)) return false;
    if (shape.kind === "record") return true;
    const keys = new Set(wanted.map(([key]) => this.key(key)));
    return !this.some((_, key) => !keys.has(key));
  }

  /** The whole value, as an Immutable collection or record: reads everything that is in there. */
  value(): unknown {
    this.#mustBeCurrent();
    const entries: [unknown, unknown][] = [];
    const add = (key: unknown, value: unknown) => {
      if (value !== ABSENT) entries.push([key, value instanceof Cursor ? value.value() : value]);
    };
    if (!this.cleared) {
      for (const child of this.container.children.slice())
        if (!this.changes.has(child.key)) add(child.key, this.at(child.key));
      if (this.shape.kind !== "record") this.evaluation.population(this.container, this.side);
    }
    for (const key of this.changes.keys()) add(key, this.at(key));
    return this.evaluation.places.canonical.of(build(this.shape, entries), this.container.name);
  }

  #same(other: Cursor): boolean {
    return (
      other.container === this.container &&
      other.side === this.side &&
      other.epoch === this.epoch &&
      this.isUnchanged &&
      other.isUnchanged
    );
  }

  #child(key: unknown): Place {
    return this.evaluation.places.child(this.container, key);
  }

  #below(place: Place, value: unknown): unknown {
    if (!isShape(value)) return value;
    return new Cursor(this.evaluation, this.evaluation.places.container(place, value), this.side);
  }

  #force({ place, update, notSet }: Deferred): unknown {
    return updated(this.evaluation.read(place, this.side), update, notSet);
  }

  #mustBeCurrent(): void {
    if (this.epoch !== this.evaluation.epoch && this.evaluation.isOpen) {
      throw mistake("impure", {
        what: "a state that an earlier call was given is read again",
        where: this.container.name,
      });
    }
  }
}

const NO_CHANGES: ReadonlyMap<unknown, unknown> = new Map();

/** Whether a value falls apart into variables when it is assigned. */
export function isContainer(value: unknown): boolean {
  return value instanceof Cursor || shapeOf(value) !== null;
}
