import { Layout, type Move } from "./layout.js";
import type { Tuning } from "./tuning.js";
import { type Budget, Words } from "./words.js";

export const NO_PARENT = -1;
/** How many states are remembered as met a moment ago: as many as a core's own cache holds. */
const RECENT_STATES = 1 << 14;
const TABLE_MIN = 1 << 12;
/** The open-addressing table is at most this full. */
const TABLE_LOAD = 0.75;

/**
 * Every state found, whole: packed words in the order of discovery, an open-addressing table of their
 * indices, and each state's parent. Exact: a state is found again only if all its words agree.
 */
export class Store {
  layout: Layout;
  count = 0;
  readonly #states: Words;
  readonly #parents: Words;
  readonly #table: Words;
  #tableSize = TABLE_MIN;
  #kernels: Kernels;
  #slots: Int32Array;
  /** Some of the states met last, whole, by hash: neighbours in a search have successors in common. */
  #recent = new Int32Array(0);
  readonly #denseBelow: number;

  constructor(layout: Layout, budget: Budget, tuning: Pick<Tuning, "batch" | "denseBelow">) {
    this.layout = layout;
    this.#slots = new Int32Array(tuning.batch);
    this.#denseBelow = tuning.denseBelow;
    this.#states = new Words(budget);
    this.#parents = new Words(budget);
    this.#table = new Words(budget);
    this.#table.reserve(TABLE_MIN);
    this.#kernels = kernelsFor(layout.words);
  }

  /** The packed states; state i begins at i * layout.words. Not to be kept over an insertion. */
  get states(): Int32Array {
    return this.#states.view;
  }

  /** The state from which a state was first reached; -1 for an initial state. */
  parent(index: number): number {
    return this.#parents.view[index]!;
  }

  /**
   * Adds the batch's states that are new, in order.
   * @throws OutOfMemory, with nothing of the batch added
   */
  insert(batch: Int32Array, parents: Int32Array, length: number): void {
    const { words } = this.layout;
    if (length > this.#slots.length) this.#slots = new Int32Array(length);
    this.#states.reserve((this.count + length) * words);
    this.#parents.reserve(this.count + length);
    if (this.count + length > this.#tableSize * TABLE_LOAD) this.#growTable(this.count + length);
    if (this.count === 0) this.#insertFirst(batch, parents[0]!);
    this.count = this.#kernels.insert(
      this.#states.view,
      this.#table.view,
      this.#tableSize - 1,
      this.#parents.view,
      batch,
      parents,
      length,
      this.count,
      this.#slots,
      this.#recent,
    );
  }

  #insertFirst(state: Int32Array, parent: number): void {
    this.#states.view.set(state.subarray(0, this.layout.words));
    this.#parents.view[0] = parent;
    this.count = 1;
    this.#rebuildTable();
    this.#forgetRecent();
  }

  /** The indices of the batch's states; -1 where a state was never found. */
  lookUp(batch: Int32Array, length: number, into: Int32Array): void {
    const mask = this.#tableSize - 1;
    this.#kernels.lookUp(this.#states.view, this.#table.view, mask, batch, length, into);
  }

  /**
   * Takes on the layout for the given domains, if they have outgrown the present one.
   * @throws OutOfMemory, with everything as it was
   */
  widen(domainSizes: readonly number[]): void {
    const old = this.layout;
    if (domainSizes.length === old.variables && old.fits(domainSizes)) return;
    const dense = this.count < this.#denseBelow && !old.fits(domainSizes);
    const layout = dense ? Layout.dense(domainSizes, old.words) : old.widened(domainSizes);
    this.#states.reserve(this.count * layout.words);
    this.layout = layout;
    const moved = layout.words !== old.words || layout.moves === null || layout.moves.length > 0;
    if (!moved) return;
    if (layout.moves === null) this.#repack(old, layout);
    else this.#shift(old, layout, layout.moves);
    this.#kernels = kernelsFor(layout.words);
    this.#rebuildTable();
    if (this.count > 0) this.#forgetRecent();
  }

  // Both go from the last state to the first: a state may move towards the end, never the start.

  #repack(old: Layout, layout: Layout): void {
    const words = this.#states.view;
    const ids = new Int32Array(layout.variables);
    for (let i = this.count - 1; i >= 0; i--) {
      old.unpackInto(ids, words, i * old.words);
      layout.pack(ids, words, i * layout.words);
    }
  }

  #shift(old: Layout, layout: Layout, moves: readonly Move[]): void {
    const words = this.#states.view;
    for (let i = this.count - 1; i >= 0; i--) {
      const from = i * old.words;
      const to = i * layout.words;
      for (let w = layout.words - 1; w >= 0; w--)
        words[to + w] = w < old.words ? words[from + w]! : 0;
      for (const { fromWord, fromShift, fromMask, toWord, toShift } of moves) {
        const id = (words[to + fromWord]! >>> fromShift) & fromMask;
        words[to + fromWord]! &= ~(fromMask << fromShift);
        words[to + toWord]! |= id << toShift;
      }
    }
  }

  /** Fills the memory of recent states with one that is in the store. */
  #forgetRecent(): void {
    const { words } = this.layout;
    const states = this.#states.view;
    this.#recent = new Int32Array(RECENT_STATES * words);
    for (let i = 0; i < this.#recent.length; i++) this.#recent[i] = states[i % words]!;
  }

  #growTable(states: number): void {
    let size = this.#tableSize;
    while (states > size * TABLE_LOAD) size *= 2;
    this.#table.reserve(size);
    this.#tableSize = size;
    this.#rebuildTable();
  }

  #rebuildTable(): void {
    const table = this.#table.view;
    table.fill(0, 0, this.#tableSize);
    this.#kernels.index(this.#states.view, table, this.#tableSize - 1, this.count);
  }
}

/** The inner loops, for one number of words per state. */
interface Kernels {
  insert(
    states: Int32Array,
    table: Int32Array,
    mask: number,
    parents: Int32Array,
    batch: Int32Array,
    batchParents: Int32Array,
    length: number,
    count: number,
    slots: Int32Array,
    recent: Int32Array,
  ): number;
  lookUp(
    states: Int32Array,
    table: Int32Array,
    mask: number,
    batch: Int32Array,
    length: number,
    into: Int32Array,
  ): void;
  index(states: Int32Array, table: Int32Array, mask: number, count: number): void;
}

const kernels = new Map<number, Kernels>();

function kernelsFor(words: number): Kernels {
  let made = kernels.get(words);
  if (made === undefined) {
    made = makeKernels(words);
    kernels.set(words, made);
  }
  return made;
}

/** Writes the loops out for a fixed number of words, which the compiler then keeps in registers. */
function makeKernels(words: number): Kernels {
  const each = (line: (w: number) => string, separator = "\n") =>
    Array.from({ length: words }, (_, w) => line(w)).join(separator);
  const hash = (word: (w: number) => string) => `
    let h = 0x9e3779b9 | 0;
    ${each((w) => `h = Math.imul(h ^ ${word(w)}, ${w % 2 ? "0xc2b2ae35" : "0x85ebca6b"}); h ^= h >>> 15;`)}
    h = Math.imul(h, 0x27d4eb2f); h ^= h >>> 16;`;
  const load = each((w) => `const b${w} = batch[at + ${w}];`);
  const same = each((w) => `states[s + ${w}] === b${w}`, " && ");
  // A state met a moment ago needs no look-up. Then two passes before the last: the loads of one pass do
  // not wait for each other.
  const insert = `
    let kept = 0;
    for (let i = 0, at = 0; i < length; i++, at += ${words}) {
      ${load}
      ${hash((w) => `b${w}`)}
      const r = ((h >>> 16) ^ h) & ${RECENT_STATES - 1};
      const c = r * ${words};
      if (${each((w) => `recent[c + ${w}] === b${w}`, " && ")}) continue;
      ${each((w) => `recent[c + ${w}] = b${w};`)}
      const k = kept * ${words};
      ${each((w) => `batch[k + ${w}] = b${w};`)}
      batchParents[kept] = batchParents[i];
      slots[kept++] = h & mask;
    }
    let warm = 0;
    for (let i = 0; i < kept; i++) {
      const found = table[slots[i]];
      if (found !== 0) warm ^= states[(found - 1) * ${words}];
    }
    for (let i = 0, at = 0; i < kept; i++, at += ${words}) {
      ${load}
      let slot = slots[i];
      for (;;) {
        const found = table[slot];
        if (found === 0) {
          const s = count * ${words};
          ${each((w) => `states[s + ${w}] = b${w};`)}
          parents[count] = batchParents[i];
          table[slot] = ++count;
          break;
        }
        const s = (found - 1) * ${words};
        if (${same}) break;
        slot = (slot + 1) & mask;
      }
    }
    slots[0] = warm;
    return count;`;
  const lookUp = `
    for (let i = 0, at = 0; i < length; i++, at += ${words}) {
      ${load}
      ${hash((w) => `b${w}`)}
      let slot = h & mask;
      for (;;) {
        const found = table[slot];
        if (found === 0) { into[i] = -1; break; }
        const s = (found - 1) * ${words};
        if (${same}) { into[i] = found - 1; break; }
        slot = (slot + 1) & mask;
      }
    }`;
  const index = `
    for (let i = 0, at = 0; i < count; i++, at += ${words}) {
      ${hash((w) => `states[at + ${w}]`)}
      let slot = h & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = i + 1;
    }`;
  return {
    insert: new Function(
      ..."states table mask parents batch batchParents length count slots recent".split(" "),
      insert,
    ) as Kernels["insert"],
    lookUp: new Function(
      ..."states table mask batch length into".split(" "),
      lookUp,
    ) as Kernels["lookUp"],
    index: new Function(..."states table mask count".split(" "), index) as Kernels["index"],
  };
}
