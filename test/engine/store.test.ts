/** The store against a plain set of texts, while domains grow under it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Layout } from "../../src/engine/layout.js";
import { NO_PARENT, Store } from "../../src/engine/store.js";
import { OutOfMemory, Words } from "../../src/engine/words.js";
import { SEED } from "../support/fuzz.js";

const unlimited = () => {};

/** A few variables, their domains growing from batch to batch, and random states within them. */
const history = fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 12 }).chain((largest) =>
  fc.record({
    largest: fc.constant(largest),
    batches: fc.array(
      fc.array(fc.tuple(...largest.map((max) => fc.nat({ max }))), { minLength: 1, maxLength: 20 }),
      { minLength: 1, maxLength: 8 },
    ),
  }),
);

describe(`the store (seed ${SEED})`, () => {
  it.each([0, 1 << 14])("finds each state once, packed anew below %i states", (denseBelow) => {
    fc.assert(
      fc.property(history, ({ batches }) => {
        const variables = batches[0]![0]!.length;
        const sizes = new Array<number>(variables).fill(1);
        const store = new Store(Layout.dense(sizes), unlimited, { batch: 64, denseBelow });
        const seen: string[] = [];
        for (const batch of batches) {
          for (const state of batch)
            for (const [v, id] of state.entries()) sizes[v] = Math.max(sizes[v]!, id + 1);
          store.widen([...sizes]);
          const { layout } = store;
          const words = new Int32Array(batch.length * layout.words);
          for (const [i, state] of batch.entries()) layout.pack(state, words, i * layout.words);
          store.insert(words, new Int32Array(batch.length).fill(NO_PARENT), batch.length);
          for (const state of batch) if (!seen.includes(String(state))) seen.push(String(state));
        }
        const { layout, states } = store;
        const stored = Array.from({ length: store.count }, (_, i) =>
          String(layout.unpack(states, i * layout.words)),
        );
        expect(stored).toEqual(seen);
        const found = new Int32Array(store.count);
        store.lookUp(states.slice(0, store.count * layout.words), store.count, found);
        expect([...found]).toEqual(seen.map((_, i) => i));
      }),
      { numRuns: 500, seed: SEED },
    );
  });

  it("grows its table and its memory over a million states and loses none", () => {
    const size = 1 << 20;
    const store = new Store(Layout.dense([size]), unlimited, { batch: 4096, denseBelow: 0 });
    const batch = new Int32Array(4096);
    const parents = new Int32Array(4096);
    for (let from = 0; from < size; from += 4096) {
      for (let i = 0; i < 4096; i++) batch[i] = from + i;
      store.insert(batch, parents, 4096);
      store.insert(batch, parents, 4096);
    }
    expect(store.count).toBe(size);
  });
});

describe("memory", () => {
  it("grows in steps and keeps what is in it", () => {
    const words = new Words(unlimited);
    words.view[0] = 7;
    words.reserve(10_000_000);
    expect(words.view[0]).toBe(7);
    expect(words.view.length).toBeGreaterThanOrEqual(10_000_000);
  });

  it("asks the budget first, and is as it was when that refuses", () => {
    const words = new Words((bytes) => {
      if (bytes > 1_000_000) throw new OutOfMemory("no");
    });
    const { length } = words.view;
    expect(() => words.reserve(length + 1_000_000)).toThrow(OutOfMemory);
    expect(words.view.length).toBe(length);
  });

  it("says so when more is asked for than there can be", () => {
    expect(() => new Words(unlimited).reserve(2 ** 31)).toThrow(OutOfMemory);
  });
});
