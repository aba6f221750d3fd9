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
 * address range is reserved at the start and whose pages cost nothing until they are written.
 *
 * `view` is replaced when the array grows: never keep it over a call of `reserve`.
 */
export class Words {
  view: Int32Array;
  readonly #memory: WebAssembly.Memory;
  readonly #budget: Budget;

  constructor(budget: Budget) {
    this.#budget = budget;
    try {
      this.#memory = new WebAssembly.Memory({ initial: PAGES_MIN_STEP, maximum: PAGES_MAX });
    } catch (error) {
      throw new OutOfMemory(`no address space for the state store: ${String(error)}`);
    }
    this.view = new Int32Array(this.#memory.buffer);
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
    const target = Math.min(
      PAGES_MAX,
      Math.max(needed, pages + Math.max(PAGES_MIN_STEP, pages >> 3)),
    );
    this.#budget((needed - pages) * WORDS_PER_PAGE * 4);
    try {
      this.#memory.grow(target - pages);
    } catch (error) {
      throw new OutOfMemory(`the operating system has no more memory to give: ${String(error)}`);
    }
    this.view = new Int32Array(this.#memory.buffer);
  }
}
