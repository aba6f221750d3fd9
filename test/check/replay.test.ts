import { describe, expect, it } from "vitest";
import twoPhase from "../../models/transaction-commit.js";
import { type RecordedStep, replay, traceShows } from "../../src/check/replay.js";
import { stepsFrom } from "../../src/check/steps.js";
import { always, alwaysStep, noDeadlock, sometimes, toPlain } from "../../src/model/index.js";

const instance = twoPhase.instantiate({ parameters: { rms: 2 }, faults: null });
const { system } = instance;

/** The trace that takes the steps of these names, as a file would hold it. */
function recorded(...labels: readonly string[]): RecordedStep[] {
  let state = system.initial[0]!;
  return [
    { action: null, state: toPlain(state) },
    ...labels.map((action) => {
      state = stepsFrom(system, state).find(({ label }) => label === action)!.next;
      return { action, state: toPlain(state) };
    }),
  ];
}

const COMMIT = [
  "RMPrepare(rm1)",
  "RMPrepare(rm2)",
  "TMRcvPrepared(rm1)",
  "TMRcvPrepared(rm2)",
  "TMCommit",
];

describe("replay", () => {
  it("takes every step of a trace of the model", () => {
    const again = replay(instance, recorded(...COMMIT), toPlain);
    expect(again.impossible).toBe(null);
    expect(again.trace.map(({ action }) => action)).toEqual([null, ...COMMIT]);
  });

  it("does not mind the order of the names in an object", () => {
    const [start, ...rest] = recorded("TMAbort");
    const turned = Object.fromEntries(Object.entries(start!.state as object).reverse());
    expect(replay(instance, [{ ...start!, state: turned }, ...rest], toPlain).impossible).toBe(
      null,
    );
  });

  it("stops at a step whose action is not enabled, and says which are", () => {
    const steps = recorded(...COMMIT).filter(({ action }) => action !== "TMRcvPrepared(rm2)");
    const { impossible, trace } = replay(instance, steps, toPlain);
    expect(trace).toHaveLength(4);
    expect(impossible).toMatchObject({ position: 4, enabled: false });
    expect(impossible?.possible.map(({ action }) => action)).toEqual([
      "TMRcvPrepared(rm1)",
      "TMRcvPrepared(rm2)",
      "TMAbort",
    ]);
  });

  it("stops at a step that leads elsewhere than was recorded", () => {
    const steps = recorded("TMAbort");
    const elsewhere = [steps[0]!, { action: "TMAbort", state: steps[0]!.state }];
    expect(replay(instance, elsewhere, toPlain).impossible).toMatchObject({
      position: 1,
      enabled: true,
    });
  });

  it("stops at once where the first state is none of the initial ones", () => {
    const [, second] = recorded("TMAbort");
    const { impossible, trace } = replay(
      instance,
      [{ action: null, state: second!.state }],
      toPlain,
    );
    expect(impossible?.position).toBe(0);
    expect(trace).toEqual([]);
  });
});

describe("what a trace shows by itself", () => {
  const { trace } = replay(instance, recorded("RMPrepare(rm1)", "TMAbort"), toPlain);
  type State = { tmState: string };
  const isInit = (s: unknown) => (s as State).tmState === "init";

  it.each([
    ["a claim that is false at its end", always("p", isInit), true],
    ["no violation of a claim that is true there", always("p", () => true), false],
    ["a good state", sometimes("p", (s) => !isInit(s)), true],
    ["no good state where there is none", sometimes("p", isInit), false],
    [
      "a forbidden step",
      alwaysStep("p", (before, after) => !isInit(before) || isInit(after)),
      true,
    ],
    ["no forbidden step", alwaysStep("p", () => true), false],
    ["no deadlock where there are steps", noDeadlock("p", () => false), false],
  ])("is %s", (_, property, shown) => {
    expect(traceShows(instance, property as never, trace)).toBe(shown);
  });
});
