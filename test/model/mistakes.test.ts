/** Every mistake that the author of a model can make is told with a code, the place, and the trace to it. */
import { List, Map, OrderedMap, Record, Seq, Set } from "immutable";
import { describe, expect, it } from "vitest";
import { check } from "../../src/check/index.js";
import { actionsOver, always, Mistake, type MistakeCode } from "../../src/model/index.js";
import { Clock, clock, modelOf } from "../support/systems.js";

class Box extends Record({ step: 0, content: null as unknown }, "Box") {}
const { action } = actionsOver<Box, null>();

/** A model whose second step goes wrong. */
function goingWrong(then: (s: Box) => Box) {
  return modelOf({
    initial: [new Box()],
    actions: [
      action("first", { when: (s) => s.step === 0, then: (s) => s.set("step", 1) }),
      action("second", { when: (s) => s.step === 1, then }),
    ],
  });
}

async function expectMistake(then: (s: Box) => Box, code: MistakeCode, what: RegExp) {
  const result = await check(goingWrong(then));
  expect(result.stoppedBy).toBe("mistake");
  expect(result.complete).toBe(false);
  const { mistake, trace } = result.mistake!;
  expect(mistake.code).toBe(code);
  expect(mistake.message).toMatch(what);
  expect(mistake.where).toMatch(/^second/);
  expect(mistake.usualCause).not.toBe("");
  expect(mistake.remedy).not.toBe("");
  expect(trace!.map((step) => step.action)).toEqual([null, "first"]);
}

describe("in an action", () => {
  it("a throw", () =>
    expectMistake(
      (s) => s.set("step", (s.content as unknown as { length: number }).length),
      "guard-threw",
      /TypeError/,
    ));

  it("an assignment to a field that the record does not have", async () => {
    const misspelt = "contents" as "content";
    await expectMistake((s) => s.set(misspelt, 1), "unknown-field", /"contents".*step, content/);
    await expectMistake((s) => s.merge({ [misspelt]: 1 }), "unknown-field", /"contents"/);
    await expectMistake((s) => s.setIn([misspelt], 1), "unknown-field", /"contents"/);
    await expectMistake((s) => s.update(misspelt, () => 1), "unknown-field", /"contents"/);
  });

  it.each([
    ["a plain array", [1], /a plain array.*content/],
    ["a plain object", { a: 1 }, /a plain object/],
    ["a Date", new Date(0), /a Date/],
    ["a function", () => 1, /a function/],
    ["a symbol", Symbol("x"), /a symbol/],
    ["NaN", Number.NaN, /NaN/],
    ["a native Map", new globalThis.Map(), /class Map/],
    ["a lazy sequence", Seq([1]), /Seq/],
    ["a plain array deep inside", Map({ a: List([[1]]) }), /a plain array.*member 1/],
    ["NaN as a member of a set", Set([Number.NaN]), /NaN/],
    ["an object inside an ordered map", OrderedMap({ a: {} }), /a plain object/],
  ])("%s inside a state", (_, value, what) =>
    expectMistake((s) => s.set("content", value), "not-a-value", what),
  );

  it("two record types that Immutable.js takes for equal", () => {
    const Prepared = Record({ rm: 1 }, "Prepared");
    const Aborted = Record({ rm: 1 }, "Aborted");
    expect(Prepared().equals(Aborted())).toBe(true);
    return expectMistake(
      (s) => s.set("content", Set<unknown>([Prepared()]).add(List([Aborted()]))),
      "records-alike",
      /Prepared and Aborted/,
    );
  });

  it.each([
    ["nothing", undefined],
    ["a plain object", { step: 2 }],
    ["another record", new Clock()],
    ["a number", 1],
  ])("`then` returns %s", (_, value) =>
    expectMistake(() => value as unknown as Box, "not-a-state", /did not return a state/),
  );

  it("`then` returns a part of the state", () =>
    expectMistake(
      (s) => s.set("content", Map({ a: 1 })).get("content") as unknown as Box,
      "not-a-state",
      /did not return a state/,
    ));

  it("`when` returns no boolean", async () => {
    const odd = action("odd", {
      when: (() => undefined) as unknown as () => boolean,
      then: (s) => s,
    });
    const result = await check(modelOf({ initial: [new Box()], actions: [odd] }));
    expect(result.mistake!.mistake.code).toBe("guard-not-boolean");
  });

  it("a field whose name belongs to Immutable's records", async () => {
    const Odd = Record({ size: 0, set: 1 }, "Odd");
    await expect(check(modelOf({ initial: [Odd()], actions: [] }))).rejects.toMatchObject({
      code: "field-name-taken",
    });
  });
});

it("two record types that Immutable.js takes for equal, one after the other in one field", async () => {
  const X = Record({ a: 0 }, "X");
  const Y = Record({ a: 0 }, "Y");
  const put = (name: string, value: unknown) =>
    action(name, { when: (s) => s.content === null, then: (s) => s.set("content", value) });
  const model = modelOf({ initial: [new Box()], actions: [put("x", X()), put("y", Y())] });
  expect((await check(model)).mistake!.mistake).toMatchObject({ code: "records-alike" });
});

describe("impurity", () => {
  it("a random choice is noticed by the sample that is audited by default", async () => {
    const random = action("random", {
      when: (s) => s.step < 40,
      then: (s) => s.merge({ step: s.step + 1, content: Math.random() < 0.5 }),
    });
    const step = action("step", {
      when: (s) => s.step < 40,
      then: (s) => s.set("step", s.step + 1),
    });
    const result = await check(modelOf({ initial: [new Box()], actions: [random, step] }));
    expect(result.mistake!.mistake).toMatchObject({ code: "impure", where: "random" });
  });

  it("a counter outside the state is noticed when every hit is audited", async () => {
    let calls = 0;
    const model = () => {
      const counting = action("counting", {
        when: (s) => s.step < 2,
        then: (s) => s.merge({ step: s.step + 1, content: calls++ % 2 === 1 }),
      });
      return modelOf({ initial: [new Box()], actions: [counting] });
    };
    const result = await check(model(), { audit: "all" });
    expect(result.mistake!.mistake.code).toBe("impure");
    expect(result.mistake!.trace).not.toBe(null);
  });

  it("a state that was kept from an earlier call is noticed", async () => {
    let kept: Box | null = null;
    const keeping = action("keeping", {
      when: (s) => {
        kept ??= s;
        return kept.step < 3;
      },
      then: (s) => s.set("step", s.step + 1),
    });
    const result = await check(modelOf({ initial: [new Box()], actions: [keeping] }), {
      maxStates: 9,
    });
    expect(result.mistake!.mistake.code).toBe("impure");
  });

  it("with the audit off, nothing is called twice", async () => {
    const calls: number[] = [];
    const tick = action("tick", {
      when: (s) => s.step < 50,
      then: (s) => {
        calls.push(s.step);
        return s.set("step", s.step + 1);
      },
    });
    await check(modelOf({ initial: [new Box()], actions: [tick] }), { audit: "off" });
    expect(calls).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });
});

describe("in a property", () => {
  it("a claim that is not pure is noticed by the sample that is audited by default", async () => {
    let asked = 0;
    const fickle = always<Clock>("fickle", () => asked++ % 3 > 0);
    const { mistake } = await check(modelOf(clock(9), [fickle]));
    expect(mistake?.mistake.code).toBe("impure");
  });

  it("a claim that throws is told with the trace to the state", async () => {
    const property = always<Clock>("fragile", (s) => {
      if (s.tick === 2) throw new Error("two!");
      return true;
    });
    const { mistake } = await check(modelOf(clock(4), [property]));
    expect(mistake!.mistake).toMatchObject({ code: "claim-threw", where: "fragile" });
    expect(mistake!.trace).toHaveLength(3);
  });

  it("a claim that returns no boolean", async () => {
    const property = always<Clock>("odd", (() => 1) as unknown as () => boolean);
    const { mistake } = await check(modelOf(clock(4), [property]));
    expect(mistake!.mistake.code).toBe("guard-not-boolean");
  });
});

describe("before the search", () => {
  const rejects = (model: Parameters<typeof check>[0], code: MistakeCode, options = {}) =>
    expect(check(model, options)).rejects.toMatchObject({ code, constructor: Mistake });

  it("no initial state", () => rejects(modelOf({ initial: [], actions: [] }), "no-initial-state"));
  it("an initial state that is no record", () =>
    rejects(modelOf({ initial: [{ a: 1 }], actions: [] }), "not-a-state"));
  it("initial states of two record types", () =>
    rejects(
      modelOf<Clock | Box>({ initial: [new Clock(), new Box()], actions: [] }),
      "not-a-state",
    ));
  it("a plain array in the initial state", () =>
    rejects(modelOf({ initial: [new Box({ content: [1] })], actions: [] }), "not-a-value"));
  it("a quantifier that is none", () => {
    const odd = {
      ...action("odd", { when: () => true, then: (s) => s }),
      by: 3 as unknown as null,
    };
    return rejects(modelOf({ initial: [new Box()], actions: [odd] }), "quantifier-not-fixed");
  });
  it("a model that throws while it is set up, or whose lists are none", async () => {
    const { instantiate, ...rest } = modelOf(clock(2));
    const throwing = () => {
      throw new TypeError("oops");
    };
    await rejects({ ...rest, instantiate: throwing }, "set-up-threw");
    const bad = { ...instantiate({ parameters: {}, faults: null }), properties: null as never };
    await rejects({ ...rest, instantiate: () => bad }, "declaration-wrong");
  });
  it("expectations of a property that there is none of, names used twice, a default out of range", async () => {
    const model = modelOf(clock(2), [always("x", () => true)]);
    const scenario = { name: "s", summary: "" };
    const misspelt = { ...scenario, expected: { y: "violated" as const } };
    const { warnings } = await check({ ...model, scenarios: [misspelt] });
    expect(warnings.map(({ code }) => code)).toEqual(["expectation-of-nothing"]);
    await rejects({ ...model, scenarios: [scenario, scenario] }, "declaration-wrong");
    const twice = [always<Clock>("x", () => true), always<Clock>("x", () => false)];
    await rejects(modelOf(clock(2), twice), "declaration-wrong");
    const n = { type: "integer" as const, default: 9, min: 0, max: 3, help: "" };
    await rejects({ ...model, parameters: { n } }, "parameter-range");
  });
  it("an unknown parameter, scenario, property", async () => {
    await rejects(modelOf(clock(2)), "parameter-unknown", { parameters: { rms: 3 } });
    await rejects(modelOf(clock(2)), "scenario-unknown", { scenario: "none" });
    await rejects(modelOf(clock(2)), "property-unknown", { properties: ["none"] });
  });
});
