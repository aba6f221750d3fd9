import type { Container, Place, Places } from "./places.js";

/** Which of the two states of a step: the one before it (or the only one), or the one after it. */
export type Side = 0 | 1;
export const BEFORE: Side = 0;
export const AFTER: Side = 1;

/** Something that a pure function asked of the state: the variable's value, or only a projection of it. */
export interface Read {
  readonly place: Place;
  readonly side: Side;
  readonly id: number;
  /** The answer was only `result`, not the value: other values with the same answer lead the same way. */
  projected: boolean;
  result: unknown;
}

/** "And nothing else is in there": a read of the members that nobody has named yet. */
export interface PopulationRead {
  readonly container: Container;
  readonly side: Side;
  /** How many places were known there when it was read; the same call may have found more since. */
  readonly known: number;
}

/** A variable on one side, as one number. */
export const slotOf = (place: Place, side: Side): number => place.variable * 2 + side;

/**
 * One call of a model's function on one state (or on the two states of a step), noting in order what it
 * reads. Everything that the function learns of the state goes through here.
 */
export class Evaluation {
  readonly places: Places;
  reads: Read[] = [];
  populations: PopulationRead[] = [];
  /** Whether an update of a variable that was not read may stay one (see Deferred). */
  defers = true;
  /** An update had to read after all. Whether one has to depends on values: none may be deferred then. */
  deferralFailed = false;
  #before: ArrayLike<number> = [];
  #after: ArrayLike<number> = [];
  /** Numbers the evaluations, so that a view kept from an earlier one is noticed. */
  epoch = 0;
  /** By side: what the function was given in place of each container, so that it is given it again. */
  readonly handedOut: readonly [Map<Container, unknown>, Map<Container, unknown>] = [
    new Map(),
    new Map(),
  ];
  readonly #readIn: number[] = [];
  #seal: "open" | "known" | "nothing" = "open";
  #leaked = false;

  constructor(places: Places) {
    this.places = places;
  }

  begin(before: ArrayLike<number>, after: ArrayLike<number>, defers: boolean): void {
    this.#before = before;
    this.#after = after;
    this.defers = defers;
    this.deferralFailed = false;
    this.reads = [];
    this.populations = [];
    this.#seal = "open";
    for (const given of this.handedOut) given.clear();
    this.epoch++;
  }

  /** The variable's value without noting that it was asked for. */
  peek(place: Place, side: Side): unknown {
    return place.values[this.#id(place, side)];
  }

  /** Whether this evaluation has read the variable already. */
  knows(place: Place, side: Side): boolean {
    return this.#readIn[slotOf(place, side)] === this.epoch;
  }

  read(place: Place, side: Side): unknown {
    const id = this.#id(place, side);
    if (!this.knows(place, side)) {
      if (this.#seal !== "open") this.#leaked = true;
      else {
        this.#readIn[slotOf(place, side)] = this.epoch;
        this.reads.push({ place, side, id, projected: false, result: undefined });
      }
    } else if (this.#seal === "nothing") this.#leaked = true;
    return place.values[id];
  }

  /**
   * A question about one variable of which only the answer matters (`some` member committed?). If the
   * question turns out to read other variables too, it counts as a read of the whole value.
   */
  project<T>(place: Place, side: Side, question: (value: unknown) => T): T {
    const id = this.#id(place, side);
    const value = place.values[id];
    if (this.#seal !== "open") {
      if (this.#seal === "nothing" || !this.knows(place, side)) this.#leaked = true;
      return question(value);
    }
    if (this.knows(place, side)) return question(value);
    const answer = this.sealed("known", () => question(value));
    if (answer === LEAKED) {
      this.read(place, side);
      return question(value);
    }
    this.reads.push({ place, side, id, projected: true, result: answer });
    return answer;
  }

  population(container: Container, side: Side): void {
    if (this.#seal !== "open") this.#leaked = true;
    else this.populations.push({ container, side, known: container.children.length });
  }

  /**
   * Runs `inner` and tells whether it read anything: anything at all, or anything that is not known
   * already. What it read is not noted.
   */
  sealed<T>(seal: "known" | "nothing", inner: () => T): T | typeof LEAKED {
    const outer = this.#seal;
    const outerLeaked = this.#leaked;
    this.#seal = seal;
    this.#leaked = false;
    try {
      const result = inner();
      return this.#leaked ? LEAKED : result;
    } finally {
      this.#leaked = outerLeaked || (outer !== "open" && this.#leaked);
      this.#seal = outer;
    }
  }

  get isOpen(): boolean {
    return this.#seal === "open";
  }

  /** A place found after the state was stored is absent there, which is always its id 0. */
  #id(place: Place, side: Side): number {
    return (side === BEFORE ? this.#before : this.#after)[place.variable] ?? 0;
  }
}

export const LEAKED: unique symbol = Symbol("leaked");
