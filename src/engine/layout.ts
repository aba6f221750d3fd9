/** A variable that changes its place: its bits are taken out where they were and put where they will be. */
export interface Move {
  readonly fromWord: number;
  readonly fromShift: number;
  readonly fromMask: number;
  readonly toWord: number;
  readonly toShift: number;
}

/**
 * Where each variable lies in a packed state: its bits in one of a few 32-bit words, as many as its
 * domain needs. A variable with a single value takes none.
 *
 * A layout never changes; when a domain outgrows its bits there is a new one, either packed densely
 * from scratch, or with only those variables moved that need more room (bits that nobody uses are zero
 * in every stored state, so a variable that had a single value, its id 0, gets bits without any move).
 */
export class Layout {
  /** Words per state, at least one. */
  readonly words: number;
  /** By variable: word, shift, and the mask of its bits before the shift. */
  readonly word: Int32Array;
  readonly shift: Int32Array;
  readonly mask: Int32Array;
  /** What has moved since the layout that this one was widened from; null when everything may have. */
  readonly moves: readonly Move[] | null;
  /** By word: the bits taken. */
  readonly #taken: Int32Array;

  private constructor(
    places: Pick<Layout, "word" | "shift" | "mask">,
    taken: readonly number[],
    moves: readonly Move[] | null,
  ) {
    this.word = places.word;
    this.shift = places.shift;
    this.mask = places.mask;
    this.words = taken.length;
    this.#taken = Int32Array.from(taken);
    this.moves = moves;
  }

  /** As tight as it gets, in the order of the variables. */
  static dense(domainSizes: readonly number[], minWords = 1): Layout {
    const count = domainSizes.length;
    const places = {
      word: new Int32Array(count),
      shift: new Int32Array(count),
      mask: new Int32Array(count),
    };
    const taken = new Array<number>(minWords).fill(0);
    for (let v = 0; v < count; v++) settle(places, taken, v, bitsFor(domainSizes[v]!));
    return new Layout(places, taken, null);
  }

  /** The same layout with room for the given domains; `this` if there is room already. */
  widened(domainSizes: readonly number[]): Layout {
    if (domainSizes.length === this.variables && this.fits(domainSizes)) return this;
    const count = domainSizes.length;
    const places = {
      word: extended(this.word, count),
      shift: extended(this.shift, count),
      mask: extended(this.mask, count),
    };
    const taken = [...this.#taken];
    const left: [number, number][] = [];
    const moves: Move[] = [];
    for (let v = 0; v < count; v++) {
      const fromMask = places.mask[v]!;
      if (domainSizes[v]! - 1 <= fromMask) continue;
      const [fromWord, fromShift] = [places.word[v]!, places.shift[v]!];
      settle(places, taken, v, bitsFor(domainSizes[v]!));
      if (fromMask === 0) continue;
      const [toWord, toShift] = [places.word[v]!, places.shift[v]!];
      moves.push({ fromWord, fromShift, fromMask, toWord, toShift });
      left.push([fromWord, fromMask << fromShift]);
    }
    // Bits that were left are free for the next layout only: in this one they may still be read.
    for (const [word, bits] of left) taken[word]! &= ~bits;
    return new Layout(places, taken, moves);
  }

  fits(domainSizes: readonly number[]): boolean {
    return domainSizes.every((size, v) => size - 1 <= (this.mask[v] ?? 0));
  }

  get variables(): number {
    return this.word.length;
  }

  unpack(words: Int32Array, base: number): Int32Array {
    const ids = new Int32Array(this.variables);
    this.unpackInto(ids, words, base);
    return ids;
  }

  unpackInto(ids: Int32Array, words: Int32Array, base: number): void {
    const { word, shift, mask } = this;
    for (let v = 0; v < word.length; v++)
      ids[v] = (words[base + word[v]!]! >>> shift[v]!) & mask[v]!;
  }

  pack(ids: ArrayLike<number>, words: Int32Array, base: number): void {
    const { word, shift } = this;
    for (let w = 0; w < this.words; w++) words[base + w] = 0;
    for (let v = 0; v < word.length; v++) words[base + word[v]!]! |= (ids[v] ?? 0) << shift[v]!;
  }
}

/** Gives a variable the first free bits that are wide enough, in a new word if need be. */
function settle(
  places: Pick<Layout, "word" | "shift" | "mask">,
  taken: number[],
  v: number,
  bits: number,
): void {
  if (bits === 0) return;
  const mask = 2 ** bits - 1;
  for (let word = 0; ; word++) {
    if (word === taken.length) taken.push(0);
    for (let shift = 0; shift + bits <= 32; shift++) {
      if ((taken[word]! & (mask << shift)) !== 0) continue;
      taken[word]! |= mask << shift;
      places.word[v] = word;
      places.shift[v] = shift;
      places.mask[v] = mask;
      return;
    }
  }
}

function extended(array: Int32Array, length: number): Int32Array {
  const longer = new Int32Array(length);
  longer.set(array);
  return longer;
}

function bitsFor(domainSize: number): number {
  return domainSize <= 1 ? 0 : 32 - Math.clz32(domainSize - 1);
}
