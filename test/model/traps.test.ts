/** What a careless memory of pure functions gets wrong, one test each. */
import { Map, Record, Set } from "immutable";
import { expect, it } from "vitest";
import { check } from "../../src/check/index.js";
import { type Action, actionsOver } from "../../src/model/index.js";
import { explore } from "../support/reference.js";
import { modelOf } from "../support/systems.js";

class S extends Record(
  { step: 0, seen: Set<number>(), counts: Map<string, number>(), flag: false, other: 0, result: 0 },
  "S",
) {}
const { action } = actionsOver<S, null>();

async function agrees(...actions: Action<S, null, undefined>[]) {
  const system = { initial: [new S()], actions };
  const reference = explore({ config: null, ...system } as never)!;
  const result = await check(modelOf(system), { audit: "off" });
  expect(result.mistake).toBe(null);
  expect([result.states, result.transitions, result.depth]).toEqual([
    reference.states,
    reference.transitions,
    reference.depth,
  ]);
  return result;
}

const grow = action("grow", {
  when: (s) => s.step < 4,
  then: (s) => s.merge({ step: s.step + 1, seen: s.seen.add(s.step * 10) }),
});

/** Each asks for the whole of a set in its own way; members are found while it is being asked. */
const WHOLE: { readonly [way: string]: (seen: Set<number>) => number } = {
  size: (seen) => seen.size,
  "is empty": (seen) => (seen.isEmpty() ? 1 : 0),
  iteration: (seen) => [...seen].reduce((sum, n) => sum + n, 0),
  "a fold of Immutable's": (seen) => seen.reduce((sum, n) => sum + n, 0),
  equals: (seen) => (seen.equals(Set([0, 10])) ? 1 : 2),
  "the other's equals": (seen) => (Set([0, 10]).equals(seen) ? 1 : 2),
  every: (seen) => (seen.every((n) => n < 15) ? 1 : 0),
  "handed to other code": (seen) => JSON.stringify(seen).length,
  "a copy": (seen) => Set(seen).size,
};

it.each(Object.entries(WHOLE))(
  "a set asked whole, by %s, is asked again when members are found",
  async (_, ask) => {
    const measure = action("measure", {
      when: () => true,
      then: (s) => s.set("result", ask(s.seen)),
    });
    await agrees(measure, grow);
    await agrees(grow, measure);
  },
);

it("an action that reads nothing has one outcome", async () => {
  const reset = action("reset", { when: () => true, then: (s) => s.set("result", 7) });
  const { modelCalls } = await agrees(reset);
  expect(modelCalls).toBe(2);
});

it("an action that reads only through an update depends on nothing, and is applied to every value", async () => {
  const next = (n: number) => (n + 1) % 5;
  const { modelCalls, states } = await agrees(
    action("up", { when: () => true, then: (s) => s.update("other", next) }),
    action("count", {
      when: () => true,
      then: (s) => s.update("counts", (c) => c.update("a", 0, next)),
    }),
  );
  expect(states).toBe(30);
  // Two actions of one outcome each, and one call for each value of each variable, not one for each pair.
  expect(modelCalls).toBeLessThan(4 + 5 + 6 + 2);
});

it("an update that reads another variable for some values only is no update", async () => {
  await agrees(
    action("up", {
      when: () => true,
      then: (s) => s.update("other", (n) => (n === 2 && s.flag ? 0 : (n + 1) % 4)),
    }),
    action("flip", { when: () => true, then: (s) => s.set("flag", !s.flag) }),
  );
});

it("what is read may depend on what was read", async () => {
  await agrees(
    grow,
    action("either", {
      when: (s) => (s.step % 2 === 0 ? s.flag : s.other > 0 || s.seen.has(10)),
      then: (s) => s.set("result", s.flag ? s.step : s.other),
    }),
    action("flip", { when: () => true, then: (s) => s.merge({ flag: !s.flag, other: 1 }) }),
  );
});

it("a set emptied by an action stays empty of members that are found later", async () => {
  await agrees(
    action("empty", { when: () => true, then: (s) => s.merge({ seen: s.seen.clear(), step: 0 }) }),
    grow,
  );
  await agrees(action("assign", { when: () => true, then: (s) => s.set("seen", Set([99])) }), grow);
});
