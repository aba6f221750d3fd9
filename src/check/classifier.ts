import type { Explorer } from "../engine/explorer.js";
import type { Claim } from "../model/claim.js";
import type { StateRecord } from "../model/index.js";

/**
 * A pure function of the state that takes few values, remembered by what it reads, as claims are. Which
 * values there are is not known beforehand: each gets a number when it first comes about, and every bit of
 * the number is a claim.
 */
export class Classifier<T> {
  /** The values met so far, by number. */
  readonly values: T[] = [];
  readonly #explorer: Explorer;
  readonly #label: string;
  readonly #classify: (state: StateRecord) => T;
  readonly #numbers = new Map<string, number>();
  readonly #bits: Claim[] = [];

  /** @param classify its values are told apart by their JSON text; there may be up to 2^31 */
  constructor(explorer: Explorer, label: string, classify: (state: StateRecord) => T) {
    this.#explorer = explorer;
    this.#label = label;
    this.#classify = classify;
    this.#addBit();
  }

  /** The number of a stored state's value. @throws Mistake (claim-threw) */
  numberOf(state: number): number {
    const { expander } = this.#explorer;
    let number = 0;
    // A value met for the first time may need a bit more than there were when the loop began.
    for (let bit = 0; bit < this.#bits.length; bit++)
      if (expander.holds(this.#bits[bit]!, state)) number |= 1 << bit;
    return number;
  }

  #addBit(): void {
    const bit = this.#bits.length;
    const claim = this.#explorer.program.claim(
      this.#label,
      (state) => ((this.#number(this.#classify(state as StateRecord)) >> bit) & 1) === 1,
    );
    this.#bits.push(claim);
  }

  #number(value: T): number {
    const text = JSON.stringify(value);
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.values.push(value) - 1;
    this.#numbers.set(text, number);
    if (number >> this.#bits.length > 0) this.#addBit();
    return number;
  }
}
