/** One notion of equality: the same representative exactly for what Immutable.js calls equal. */
import fc from "fast-check";
import { is, List, Map, OrderedMap, OrderedSet, Record, Set } from "immutable";
import { describe, expect, it } from "vitest";
import { Canonical } from "../../src/model/canonical.js";
import { identities } from "../../src/model/index.js";
import { compareValues } from "../../src/model/order.js";
import { RUNS, SEED } from "../support/fuzz.js";

const Vote = Record({ type: "Vote", from: null as unknown, ballot: 0 as unknown }, "Vote");
const ids = [...identities("p", 3)];

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.constantFrom<unknown>(null, undefined, true, false, "", "a", "1", 0, -0, 1, 1n, 1.5, ...ids),
    fc.array(tie("value"), { maxLength: 10 }).map((members) => Set(members)),
    fc.array(tie("value"), { maxLength: 3 }).map((members) => List(members)),
    fc.array(tie("value"), { maxLength: 3 }).map((members) => OrderedSet(members)),
    fc
      .array(fc.tuple(tie("value"), tie("value")), { maxLength: 10 })
      .map((entries) => Map(entries)),
    fc.array(fc.tuple(tie("value"), tie("value")), { maxLength: 3 }).map((e) => OrderedMap(e)),
    fc.tuple(tie("value"), tie("value")).map(([from, ballot]) => Vote({ from, ballot })),
  ),
}));

/** The same value, put together in another order. */
function shuffled(of: unknown, random: () => number): unknown {
  const order = <T>(members: T[]) =>
    members
      .map((m) => [random(), m] as const)
      .sort(([a], [b]) => a - b)
      .map(([, m]) => m);
  const again = (inner: unknown) => shuffled(inner, random);
  if (of instanceof Vote) return Vote({ ballot: again(of.ballot), from: again(of.from) });
  if (OrderedMap.isOrderedMap(of)) return of.mapEntries(([k, v]) => [again(k), again(v)]);
  if (OrderedSet.isOrderedSet(of)) return of.map(again);
  if (Set.isSet(of)) return Set(order(of.toArray().map(again)));
  if (Map.isMap(of))
    return Map(order([...of].map(([k, v]) => [again(k), again(v)] as [unknown, unknown])));
  if (List.isList(of)) return of.map(again);
  return of;
}

function generator(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state;
  };
}

describe(`canonical representatives (seed ${SEED})`, () => {
  it("are the same for equal values and different for others", () => {
    const canonical = new Canonical();
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(canonical.of(a) === canonical.of(b)).toBe(is(a, b));
        expect(compareValues(a, b) === 0).toBe(is(a, b));
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  it("do not depend on how a value was put together, and equal it", () => {
    fc.assert(
      fc.property(value, fc.integer(), (a, seed) => {
        const canonical = new Canonical();
        const b = shuffled(a, generator(seed));
        expect(is(a, b)).toBe(true);
        expect(canonical.of(b)).toBe(canonical.of(a));
        expect(is(canonical.of(a), a)).toBe(true);
        const other = new Canonical();
        expect(String(other.of(b))).toBe(String(canonical.of(a)));
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  it("are in a total order", () => {
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        expect(Math.sign(compareValues(a, b))).toBe(-Math.sign(compareValues(b, a)) + 0);
        if (compareValues(a, b) <= 0 && compareValues(b, c) <= 0)
          expect(compareValues(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
