import { describe, expect, it } from "vitest";
import transactionCommit from "../../models/transaction-commit.js";
import { check, type Trace } from "../../src/check/index.js";
import {
  actionsOver,
  always,
  alwaysPossible,
  alwaysStep,
  noDeadlock,
  sometimes,
} from "../../src/model/index.js";
import {
  type At,
  Clock,
  clock,
  diamond,
  endless,
  graph,
  lamps,
  modelOf,
} from "../support/systems.js";

const names = (trace: Trace | null) => trace?.slice(1).map(({ action }) => action);

describe("Lamport's TwoPhase", () => {
  it.each([
    [3, 288, 1_145, 10],
    [4, 1_568, 8_257, 13],
    [5, 8_832, 58_145, 16],
    [6, 50_816, 402_305, 19],
    [7, 296_448, 2_744_705, 22],
  ])(
    "with %i managers has %i states, %i transitions and depth %i",
    async (rms, states, transitions, depth) => {
      const result = await check(transactionCommit, { parameters: { rms } });
      expect([result.states, result.transitions, result.depth]).toEqual([
        states,
        transitions,
        depth,
      ]);
      expect(result.complete).toBe(true);
      expect(result.properties.map(({ name, verdict }) => [name, verdict])).toEqual([
        ["agreement", "holds"],
        ["irrevocability", "holds"],
        ["may-commit", "holds"],
        ["may-abort", "holds"],
      ]);
      expect(result.warnings).toEqual([]);
    },
  );

  it("calls the model's functions some hundred times, not once per state", async () => {
    const { modelCalls } = await check(transactionCommit, { parameters: { rms: 7 } });
    expect(modelCalls).toBeLessThan(1_000);
  });

  it("gives the same counts and verdicts depth-first", async () => {
    const result = await check(transactionCommit, { parameters: { rms: 4 }, search: "dfs" });
    expect([result.states, result.transitions, result.depth]).toEqual([1_568, 8_257, 13]);
    expect(result.properties.every(({ verdict }) => verdict === "holds")).toBe(true);
  });

  it("shows the shortest way to commit as the witness of may-commit", async () => {
    const { properties } = await check(transactionCommit, {
      parameters: { rms: 2 },
      properties: ["may-commit"],
    });
    expect(properties[0]!.trace).toBe(null);
    expect(properties[0]!.witness).toHaveLength(8);
  });
});

describe("verdicts", () => {
  it("always: the nearest state that refutes it", async () => {
    const { properties } = await check(modelOf(diamond(), [always("not 3", (s) => s.node !== 3)]));
    expect(properties[0]).toMatchObject({ verdict: "violated", shortest: true });
    expect(names(properties[0]!.trace)).toEqual(["0→1", "1→3"]);
  });

  it("always: an initial state may be the counterexample, with no step at all", async () => {
    const { properties } = await check(modelOf(clock(3), [always("later", (s) => s.tick > 0)]));
    expect(properties[0]!.trace).toEqual([{ action: null, state: new Clock(), events: [] }]);
  });

  it("alwaysStep: the nearest step that refutes it, the initial state's included", async () => {
    const property = alwaysStep<Clock>("upwards", (before, after) => after.tick > before.tick);
    const { properties } = await check(modelOf(clock(4), [property]));
    expect(names(properties[0]!.trace)).toEqual(["tick", "tick", "tick", "tick"]);
  });

  it("alwaysStep: a step from a state to itself is a step", async () => {
    const property = alwaysStep<At>("moves", (before, after) => after.node !== before.node);
    const { properties } = await check(
      modelOf(
        graph(
          [0],
          [
            [0, 1],
            [1, 1],
          ],
        ),
        [property],
      ),
    );
    expect(names(properties[0]!.trace)).toEqual(["0→1", "1→1"]);
  });

  it("sometimes: violated when the whole state space has no such state", async () => {
    const { properties } = await check(
      modelOf(clock(3), [sometimes("tick 3", (s) => s.tick === 3)]),
    );
    expect(properties[0]).toMatchObject({ verdict: "violated", trace: null });
  });

  it("alwaysPossible: the nearest trapped state and how many states it is caught in", async () => {
    const trap = graph(
      [0],
      [
        [0, 1],
        [1, 0],
        [1, 2],
        [2, 3],
        [3, 4],
        [4, 3],
      ],
    );
    const property = alwaysPossible<At>("back to 0", (s) => s.node === 0);
    const { properties } = await check(modelOf(trap, [property]));
    expect(names(properties[0]!.trace)).toEqual(["0→1", "1→2"]);
    expect(properties[0]!.caughtIn).toBe(3);
  });

  it("alwaysPossible: only by the actions that it names", async () => {
    const property = alwaysPossible<At>("back to 0", (s) => s.node === 0, {
      using: ({ name }) => name !== "1→0",
    });
    const { properties } = await check(
      modelOf(
        graph(
          [0],
          [
            [0, 1],
            [1, 0],
          ],
        ),
        [property],
      ),
    );
    expect(names(properties[0]!.trace)).toEqual(["0→1"]);
  });

  it("noDeadlock: a state without successors that is not declared final", async () => {
    const system = diamond();
    const [open, closed] = await Promise.all([
      check(modelOf(system, [noDeadlock("ends well", (s) => s.node === 3)])),
      check(modelOf(system, [noDeadlock("never ends", () => false)])),
    ]);
    expect(open.properties[0]!.verdict).toBe("holds");
    expect(names(closed.properties[0]!.trace)).toEqual(["0→1", "1→3"]);
  });

  it("several properties are answered in one search, each by its own nearest trace", async () => {
    const { properties } = await check(
      modelOf(lamps(4), [
        always("at most two", (s) => s.on.size <= 2),
        always("at most three", (s) => s.on.size <= 3),
        always("at most four", (s) => s.on.size <= 4),
      ]),
    );
    expect(properties.map(({ verdict, trace }) => [verdict, trace?.length])).toEqual([
      ["violated", 4],
      ["violated", 5],
      ["holds", undefined],
    ]);
  });

  it("ends when every property is decided, and says that it did not see everything", async () => {
    const result = await check(modelOf(endless(), [always("below 5", (s) => s.tick < 5)]));
    expect(result).toMatchObject({ complete: false, stoppedBy: "decided" });
    expect(result.properties[0]!.verdict).toBe("violated");
  });
});

describe("limits", () => {
  const property = always<Clock>("true", () => true);

  it("maxStates: undecided, never holds", async () => {
    const result = await check(modelOf(endless(), [property]), { maxStates: 1_000 });
    expect(result).toMatchObject({ complete: false, stoppedBy: "states" });
    expect(result.properties[0]!.verdict).toBe("undecided");
    expect(result.states).toBeGreaterThanOrEqual(1_000);
  });

  it("maxStates just large enough: complete", async () => {
    const result = await check(modelOf(clock(10), [property]), { maxStates: 10 });
    expect(result).toMatchObject({ complete: true, stoppedBy: null, states: 10 });
  });

  it("timeout: undecided, with what was found so far", async () => {
    const result = await check(
      modelOf(endless(), [property, always("below 9", (s) => s.tick < 9)]),
      { timeoutSeconds: 0.2 },
    );
    expect(result.stoppedBy).toBe("time");
    expect(result.properties.map(({ verdict }) => verdict)).toEqual(["undecided", "violated"]);
  });

  it("an abort signal interrupts", async () => {
    const controller = new AbortController();
    const result = await check(modelOf(endless(), [property]), {
      signal: controller.signal,
      onProgress: ({ states }) => states > 100 && controller.abort(),
    });
    expect(result.stoppedBy).toBe("interrupt");
    expect(result.properties[0]!.verdict).toBe("undecided");
  });

  it("memory: undecided, with a word on what ran out", async () => {
    const result = await check(transactionCommit, {
      parameters: { rms: 9 },
      maxMemoryBytes: process.memoryUsage.rss() + 8 * 2 ** 20,
    });
    expect(result.stoppedBy).toBe("memory");
    expect(result.stopNote).toMatch(/limit of \d+ MiB/);
    expect(result.properties[0]!.verdict).toBe("undecided");
  });

  it("a trapped state is certain even when the search was cut short", async () => {
    const { action } = actionsOver<Clock, null>();
    const away = action("tick", {
      when: (s) => s.tick >= 0,
      then: (s) => s.set("tick", s.tick + 1),
    });
    const caught = action("fall", { when: (s) => s.tick === 0, then: (s) => s.set("tick", -1) });
    const result = await check(
      modelOf({ initial: [new Clock()], actions: [away, caught] }, [
        alwaysPossible<Clock>("upwards", (s) => s.tick > 0),
      ]),
      { maxStates: 50 },
    );
    expect(result.properties[0]).toMatchObject({
      verdict: "violated",
      caughtIn: 1,
      shortest: false,
    });
  });
});

describe("vacuity", () => {
  it("names actions that were never enabled, and failures that were never taken", async () => {
    const { action } = actionsOver<Clock, null>();
    const never = action("never", { when: (s) => s.tick > 99, then: (s) => s });
    const crash = action("crash", { kind: "failure", when: (s) => s.tick > 99, then: (s) => s });
    const { initial, actions } = clock(3);
    const { warnings } = await check(modelOf({ initial, actions: [...actions, never, crash] }));
    expect(warnings.map(({ code }) => code)).toEqual([
      "action-never-enabled",
      "failure-never-taken",
    ]);
    expect(warnings[0]!.message).toContain("never");
  });
});
