import fc from "fast-check";
import { List, Map, OrderedSet, Record, Set } from "immutable";
import { describe, expect, it } from "vitest";
import { compareNaturally, identities, toPlain, valueText } from "../../src/model/index.js";

// Immutable.js walks a set of more than eight by hash.
const ps = identities("p", 12)
  .toArray()
  .sort((a, b) => a.index - b.index);
const Prepared = Record({ type: "Prepared", rm: ps[0] }, "Prepared");
const Ballot = Record({ type: "Ballot", by: ps[0], number: 3 }, "Ballot");
const Untyped = Record({ x: 1, y: List<string>() }, "Point");

describe("toPlain", () => {
  it("writes an identity by its name and a record by its fields", () => {
    expect(toPlain(new Prepared())).toEqual({ type: "Prepared", rm: "p1" });
  });

  it("writes a set in one order, with p2 before p10", () => {
    const names = ["p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9", "p10", "p11", "p12"];
    expect(toPlain(Set(ps))).toEqual(names);
    expect(toPlain(Set(ps.toReversed()))).toEqual(names);
    expect(toPlain(Set([10, 9, -1]))).toEqual([-1, 9, 10]);
  });

  it("keeps the order of a list and of an ordered set", () => {
    expect(toPlain(List([3, 1, 2]))).toEqual([3, 1, 2]);
    expect(toPlain(OrderedSet([3, 1, 2]))).toEqual([3, 1, 2]);
  });

  it("writes a map by names as an object, its keys in order", () => {
    const map = Map([
      [ps[9], 1],
      [ps[1], 2],
    ]);
    expect(JSON.stringify(toPlain(map))).toBe('{"p2":2,"p10":1}');
  });

  it("writes any other map as pairs", () => {
    expect(toPlain(Map([[new Prepared(), true]]))).toEqual([
      [{ type: "Prepared", rm: "p1" }, true],
    ]);
    expect(
      toPlain(
        Map([
          [2, "b"],
          [1, "a"],
        ]),
      ),
    ).toEqual([
      [1, "a"],
      [2, "b"],
    ]);
  });

  it("does not let an identity and a text of that name fall together as keys", () => {
    const map = Map<unknown, number>([
      ["p1", 1],
      [ps[0], 2],
    ]);
    expect(toPlain(map)).toHaveLength(2);
  });

  it("has null for what JSON cannot say", () => {
    expect(toPlain(undefined)).toBe(null);
    expect(toPlain(Map([["a", undefined]]))).toEqual({ a: null });
  });

  it("gives the same text for equal values, however they came about", () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 2 }, tie("atom"), tie("set"), tie("map")),
      atom: fc.oneof(fc.integer(), fc.string(), fc.constantFrom(...ps), fc.constant(null)),
      set: fc.array(tie("any"), { maxLength: 12 }),
      map: fc.array(fc.tuple(tie("atom"), tie("any")), { maxLength: 12 }),
    })).any;
    // Built forwards and backwards: Immutable.js then walks the two in different orders.
    const built = (v: unknown, reverse: boolean): unknown => {
      if (!Array.isArray(v)) return v;
      const parts = v.map((part) => built(part, reverse));
      return Set(reverse ? parts.toReversed() : parts);
    };
    fc.assert(
      fc.property(value, (v) => {
        expect(JSON.stringify(toPlain(built(v, false)))).toBe(
          JSON.stringify(toPlain(built(v, true))),
        );
        expect(valueText(built(v, false))).toBe(valueText(built(v, true)));
      }),
    );
  });
});

describe("valueText", () => {
  it.each([
    [Set([ps[9], ps[1]]), "{p2, p10}"],
    [Map([[ps[0], "ready"]]), "{p1: ready}"],
    [List([1, 2]), "[1, 2]"],
    [new Prepared(), "Prepared(p1)"],
    [new Ballot(), "Ballot(by: p1, number: 3)"],
    [new Untyped(), "Point(x: 1, y: [])"],
    ["VOTE_COMMIT", "VOTE_COMMIT"],
    ["two words", '"two words"'],
    ["", '""'],
    ["3", '"3"'],
    [3, "3"],
    [null, "null"],
    [undefined, "undefined"],
  ])("writes %s as a person would", (value, text) => {
    expect(valueText(value)).toBe(text);
  });
});

describe("compareNaturally", () => {
  const name = fc.stringMatching(/^[a-b]{0,2}\d{0,3}[a-b]{0,1}$/);

  it("puts p2 before p10 and p10 before q1", () => {
    expect(["q1", "p10", "p2", "p"].sort(compareNaturally)).toEqual(["p", "p2", "p10", "q1"]);
  });

  it("is a total order", () => {
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        expect(Math.sign(compareNaturally(a, b))).toBe(-Math.sign(compareNaturally(b, a)) + 0);
        expect(compareNaturally(a, b) === 0).toBe(a === b);
        if (compareNaturally(a, b) < 0 && compareNaturally(b, c) < 0)
          expect(compareNaturally(a, c)).toBeLessThan(0);
      }),
    );
  });
});
