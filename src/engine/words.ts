const WORDS_PER_PAGE = 65_536 / 4;
/** 4 GiB less a page: the most that one memory may have. */
const PAGES_MAX = 65_535;
const PAGES_MIN_STEP = 16;

/** Memory ran out; the search ends undecided, with what was found so far. */
export class OutOfMemory extends Error {
  override readonly name = "OutOfMemory";
}

/** Told before memory grows, so that a limit can refuse it by throwing OutOfMemory. */
export type Budget = (bytes: number) => void;

/**
 * An array of 32-bit words that grows in steps without being copied: a WebAssembly memory, whose
 * address range is reserved at the start and whose pages cost nothing until they are written. Where a
 * process may not reserve that much address space it is an ordinary array, copied when it grows.
 *
 * `view` is replaced when the array grows: never keep it over a call of `reserve`.
 */
export class Words {
  view: Int32Array;
  readonly #memory: WebAssembly.Memory | null;
  readonly #budget: Budget;

  constructor(budget: Budget) {
    this.#budget = budget;
    this.#memory = reserved();
    this.view = this.#memory
      ? new Int32Array(this.#memory.buffer)
      : new Int32Array(PAGES_MIN_STEP * WORDS_PER_PAGE);
  }

  /**
   * Makes room for at least `length` words.
   * @throws OutOfMemory, with everything as it was
   */
  reserve(length: number): void {
    const pages = this.view.length / WORDS_PER_PAGE;
    const needed = Math.ceil(length / WORDS_PER_PAGE);
    if (needed <= pages) return;
    if (needed > PAGES_MAX)
      throw new OutOfMemory("the state store is larger than 4 GiB in one part");
    const step = Math.max(PAGES_MIN_STEP, pages >> (this.#memory ? 3 : 1));
    const target = Math.min(PAGES_MAX, Math.max(needed, pages + step));
    this.#budget((needed - pages) * WORDS_PER_PAGE * 4);
    try {
      this.view = this.#memory ? grown(this.#memory, target - pages) : copied(this.view, target);
    } catch (error) {
      throw new OutOfMemory(`the operating system has no more memory to give: ${String(error)}`);
    }
  }
}

function reserved(): WebAssembly.Memory | null {
  try {
    return new WebAssembly.Memory({ initial: PAGES_MIN_STEP, maximum: PAGES_MAX });
  } catch {
    return null;
  }
}

function grown(memory: WebAssembly.Memory, pages: number): Int32Array {
  memory.grow(pages);
  return new Int32Array(memory.buffer);
}

function copied(view: Int32Array, pages: number): Int32Array {
  const larger = new Int32Array(pages * WORDS_PER_PAGE);
  larger.set(view);
  return larger;
}
