/** What docs/limits.md says that the checker cannot see or do, shown. */
import { Map, Record, Set } from "immutable";
import { describe, expect, it } from "vitest";
import transactionCommit from "../models/transaction-commit.js";
import { check } from "../src/check/index.js";
import { actionsOver, always, alwaysPossible } from "../src/model/index.js";
import { modelOf } from "./support/systems.js";

class S extends Record({ a: Set<number>(), b: Set<number>(), at: 0, text: "" }, "S") {}
const { action } = actionsOver<S, null>();

describe("a model's function sees values", () => {
  it("and not whether two equal collections are the same object", async () => {
    const one = Set([1]);
    const compare = (same: (s: S) => boolean) =>
      check(
        modelOf({
          initial: [new S({ a: one, b: one })],
          actions: [action("see", { when: same, then: (s) => s.set("at", 1) })],
        }),
      );
    expect((await compare((s) => s.a.equals(s.b))).states).toBe(2);
    expect((await compare((s) => s.a === s.b)).states).toBe(1);
  });

  it("and collections in the order of their values, not in that of insertion", async () => {
    const initial = new S({ a: Set([30, 4, 100]) });
    const read = action("read", {
      when: (s) => s.text === "",
      then: (s) => s.set("text", [...s.a].join(" ")),
    });
    const claim = always<S>("in order", (s) => s.text === "" || s.text === "4 30 100");
    const { properties, states } = await check(
      modelOf({ initial: [initial], actions: [read] }, [claim]),
    );
    expect([states, properties[0]!.verdict]).toEqual([2, "holds"]);
  });
});

it("an impurity that the sample misses is found when every remembered outcome is compared", async () => {
  const impure = () => {
    let calls = 0;
    const step = action("step", {
      when: (s) => s.at < 40,
      // Wrong once, long after the answer has been remembered.
      then: (s) => s.merge({ at: s.at + 1, text: ++calls > 41 ? "other" : "" }),
    });
    const turn = action("turn", { when: (s) => s.a.isEmpty(), then: (s) => s.set("a", Set([1])) });
    return modelOf({ initial: [new S()], actions: [step, turn] });
  };
  expect((await check(impure(), { audit: "off" })).mistake).toBe(null);
  expect((await check(impure(), { audit: "all" })).mistake?.mistake.code).toBe("impure");
});

it("that something can always happen does not say that it ever does: a loop may be taken for ever", async () => {
  const idle = action("idle", { when: (s) => s.at === 0, then: (s) => s });
  const arrive = action("arrive", { when: (s) => s.at === 0, then: (s) => s.set("at", 1) });
  const arrives = alwaysPossible<S>("arrives", (s) => s.at === 1);
  const { properties } = await check(
    modelOf({ initial: [new S()], actions: [idle, arrive] }, [arrives]),
  );
  expect(properties[0]!.verdict).toBe("holds");
});

it("states that differ only in the names of their processes are different states", async () => {
  // Up to renaming there are 80.
  expect((await check(transactionCommit, { parameters: { rms: 3 } })).states).toBe(288);
});

it("every order of independent steps is searched", async () => {
  const flip = (field: string) =>
    actionsOver<Flags, null>().action(`flip ${field}`, {
      when: (s) => !s.flags.get(field),
      then: (s) => s.setIn(["flags", field], true),
    });
  class Flags extends Record({ flags: Map<string, boolean>() }, "Flags") {}
  const names = ["a", "b", "c", "d"];
  const initial = new Flags({ flags: Map(names.map((name) => [name, false])) });
  const { states, transitions } = await check(
    modelOf({ initial: [initial], actions: names.map(flip) }),
  );
  expect([states, transitions]).toEqual([16, 32]);
});

it("a depth-first trace may be longer than the shortest, and says so", async () => {
  const tick = action("tick", { when: (s) => s.at < 9, then: (s) => s.set("at", s.at + 1) });
  const aside = action("aside", { when: (s) => s.at === 0, then: (s) => s.set("at", 100) });
  const jump = action("jump", { when: (s) => s.at === 100, then: (s) => s.set("at", 9) });
  const early = always<S>("early", (s) => s.at !== 9);
  const found = async (search: "bfs" | "dfs", actions: readonly (typeof tick)[]) => {
    const model = modelOf({ initial: [new S()], actions: [...actions] }, [early]);
    const { trace, shortest } = (await check(model, { search })).properties[0]!;
    return { steps: trace!.length - 1, shortest };
  };
  expect(await found("bfs", [tick, aside, jump])).toEqual({ steps: 2, shortest: true });
  const [one, other] = [
    await found("dfs", [tick, aside, jump]),
    await found("dfs", [aside, jump, tick]),
  ];
  expect([one.shortest, other.shortest]).toEqual([false, false]);
  expect(Math.max(one.steps, other.steps)).toBe(9);
});
