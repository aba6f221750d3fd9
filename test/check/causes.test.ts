import { describe, expect, it } from "vitest";
import twoPhaseCommit from "../../models/two-phase-commit.js";
import decisionUnlogged from "../../models/two-phase-commit-decision-unlogged.js";
import { causesOf } from "../../src/check/causes.js";
import { check } from "../../src/check/index.js";
import type { StepEvent } from "../../src/model/index.js";
import { traceOf } from "../support/events.js";
import { plainTrace } from "../support/results.js";

const note = (process: string): StepEvent => ({ type: "note", process, text: "acts" });
const send = (from: string, to: string, message = "M"): StepEvent => ({
  type: "send",
  from,
  to,
  message,
});
const receive = (process: string, from: string, message = "M"): StepEvent => ({
  type: "receive",
  process,
  from,
  message,
});
const gone = (type: "lose" | "late" | "duplicate", from: string, to: string): StepEvent => ({
  type,
  from,
  to,
  message: "M",
});
const timeout = (process: string, awaited: string): StepEvent => ({
  type: "timeout",
  process,
  awaited: [awaited],
});
const decide = (process: string, decision: string): StepEvent => ({
  type: "decide",
  process,
  decision,
});
const crash = (process: string): StepEvent => ({ type: "crash", process });
const recover = (process: string): StepEvent => ({ type: "recover", process });
const split: StepEvent = { type: "partition", sides: [["a"], ["b", "c"]], oneWay: false };
const heal: StepEvent = { type: "heal" };

/** The causes of the last step, of a claim about states that concerns nobody in particular. */
const past = (...steps: StepEvent[][]) => causesOf(traceOf(...steps), "always", []);

describe("a step happened before another", () => {
  it("in the same process, and by a message, however far back", () => {
    expect(past([note("a")], [note("b")], [note("a")])).toEqual([1, 3]);
    expect(
      past(
        [note("a")],
        [send("a", "b")],
        [note("c")],
        [receive("b", "a"), send("b", "c")],
        [receive("c", "b")],
      ),
    ).toEqual([1, 2, 3, 4, 5]);
  });

  it("only by the copy that arrives: of equal ones the first sent", () => {
    expect(past([send("a", "b")], [send("a", "b")], [receive("b", "a")])).toEqual([1, 3]);
    expect(past([send("a", "b", "N")], [send("c", "b")], [receive("b", "c")])).toEqual([2, 3]);
  });

  it("by a message that is forged, whoever it is that it names", () => {
    const forged: StepEvent = { type: "send", from: "c", to: "b", message: "M", as: "a" };
    expect(past([note("a")], [forged], [receive("b", "a")])).toEqual([2, 3]);
  });

  it("as a crash, before what is noticed of it", () => {
    expect(past([note("b")], [crash("b")], [timeout("a", "b")])).toEqual([1, 2, 3]);
    expect(past([crash("c")], [timeout("a", "b")])).toEqual([2]);
    expect(past([crash("b")], [recover("b")], [timeout("a", "b")])).toEqual([3]);
    expect(past([crash("b")], [recover("b")])).toEqual([1, 2]);
    expect(past([send("a", "b")], [crash("b")], [gone("lose", "a", "b")])).toEqual([1, 2, 3]);
  });

  it("as a message that went astray, before the timeout of who waits for it", () => {
    expect(
      past([send("b", "a")], [gone("lose", "b", "a")], [send("b", "c")], [timeout("a", "b")]),
    ).toEqual([1, 2, 4]);
    expect(past([send("b", "a")], [gone("late", "b", "a")], [timeout("a", "b")])).toEqual([
      1, 2, 3,
    ]);
  });

  it("as what made a second copy of a message, before that is received", () => {
    const twice = [[send("a", "b")], [gone("duplicate", "a", "b")]];
    expect(past(...twice, [receive("b", "a")])).toEqual([1, 3]);
    expect(past(...twice, [receive("b", "a")], [receive("b", "a")])).toEqual([1, 2, 3, 4]);
  });

  it("as a partition, before what it keeps apart, and as its end, before what then gets through", () => {
    expect(past([split], [timeout("a", "b")])).toEqual([1, 2]);
    expect(past([split], [timeout("b", "c")])).toEqual([2]);
    expect(past([split], [send("a", "b")], [gone("lose", "a", "b")])).toEqual([1, 2, 3]);
    expect(past([split], [heal], [timeout("a", "b")])).toEqual([3]);
    expect(past([split], [send("a", "b")], [heal], [receive("b", "a")])).toEqual([1, 2, 3, 4]);
    expect(past([split], [heal], [send("a", "b")], [receive("b", "a")])).toEqual([3, 4]);
  });
});

describe("what a violation is about", () => {
  it("are, of decisions, the first of each kind, and not what comes after", () => {
    const trace = traceOf(
      [decide("a", "commit")],
      [decide("b", "commit")],
      [note("a")],
      [decide("c", "abort")],
    );
    expect(causesOf(trace, "always", ["a", "b", "c"])).toEqual([1, 4]);
  });

  it("is, of one that is stuck, all that it has done and what never reached it", () => {
    const trace = traceOf(
      [send("c", "a")],
      [gone("lose", "c", "a")],
      [note("a")],
      [note("b")],
      [crash("c")],
    );
    expect(causesOf(trace, "alwaysPossible", ["a", "c"])).toEqual([1, 2, 3, 5]);
    expect(causesOf(trace, "alwaysPossible", ["a"])).toEqual([1, 2, 3, 5]);
  });

  it("is a division of the network that lasts", () => {
    expect(causesOf(traceOf([split], [note("a")]), "alwaysPossible", ["a"])).toEqual([1, 2]);
    expect(causesOf(traceOf([split], [heal], [note("a")]), "alwaysPossible", ["a"])).toEqual([3]);
  });
});

it("is not known of steps that tell nothing", () => {
  expect(causesOf(plainTrace(), "always", [])).toBe(null);
});

describe("two-phase commit", () => {
  it("has nothing to spare in its shortest counterexample", async () => {
    const { properties } = await check(twoPhaseCommit);
    for (const { trace, causes } of properties)
      expect(causes).toEqual(trace && [...trace.keys()].slice(1));
  });

  it("has others' decisions set apart from one that is stuck, and votes that nobody read", async () => {
    const { properties } = await check(decisionUnlogged, { search: "dfs" });
    const asides = (name: string) => {
      const { trace, causes } = properties.find((property) => property.name === name)!;
      const actions = trace!.flatMap(({ action }, i) =>
        causes!.includes(i) || i === 0 ? [] : [action],
      );
      return actions;
    };
    expect(asides("non-blocking")).toEqual([
      "timeout(p1, awaiting coordinator)",
      "timeout(p2, awaiting coordinator)",
    ]);
    expect(asides("agreement")).toEqual([
      "receive(p2, VOTE_REQUEST from coordinator)",
      "receive(p3, VOTE_REQUEST from coordinator)",
    ]);
  });
});
