import fc from "fast-check";
import { describe, expect, it } from "vitest";
import transactionCommit from "../../models/transaction-commit.js";
import twoPhaseCommit from "../../models/two-phase-commit.js";
import decisionUnlogged from "../../models/two-phase-commit-decision-unlogged.js";
import {
  type ConcurrencyOptions,
  type ConcurrencyResult,
  concurrency,
  concurrencyOutcomeOf,
} from "../../src/check/index.js";
import { type Model, parameterValues } from "../../src/model/index.js";
import { RUNS, SEED } from "../support/fuzz.js";
import { handshake } from "../support/handshake.js";
import { linesOf, type NaiveRow, naiveConcurrency, rowsOf } from "../support/naive-concurrency.js";
import { modelOf, someWanderers } from "../support/wanderers.js";

/** Everything that the result says, against the definitions. */
async function agrees(model: Model, options: ConcurrencyOptions): Promise<ConcurrencyResult> {
  const result = await concurrency(model, options);
  const { parameters, faults = "" } = options;
  const instance = model.instantiate({
    parameters: parameterValues(model.parameters, parameters ?? {}),
    faults: model.takesFaults ? faults : null,
  });
  const naive = naiveConcurrency(instance);
  const sorted = (rows: readonly Omit<NaiveRow, "nearest">[]) =>
    [...rows].sort((a, b) => (`${a.process} ${a.state}` < `${b.process} ${b.state}` ? -1 : 1));
  expect(sorted(rowsOf(result))).toEqual(sorted(naive.map(({ nearest: _, ...row }) => row)));

  const violating = [
    naive.filter(({ nearest: { commit, abort } }) => commit !== null && abort !== null),
    naive.filter(({ nearest: { commit, uncommitted } }) => commit !== null && uncommitted !== null),
  ];
  for (const [i, { verdict, violations }] of result.conditions.entries()) {
    const pairs = violations.flatMap(({ processes, state }) => processes.map((p) => [p, state]));
    expect(pairs.sort()).toEqual(
      violating[i]!.map(({ process, state }) => [process, state]).sort(),
    );
    expect(verdict).toBe(pairs.length > 0 ? "violated" : "holds");
    for (const { process, state, shows, trace } of violations.flatMap((v) => v.sightings)) {
      const row = naive.find((known) => known.process === process && known.state === state)!;
      expect(trace.length - 1).toBe(row.nearest[shows]);
    }
  }
  const guilty = new Set(violating.flat().map(({ process }) => process));
  const names = instance.localStates!.processes.map(({ name }) => name);
  expect(result.obeying).toEqual(names.filter((name) => !guilty.has(name)));
  const apart = naive.flatMap(({ decided, nearest: { abort } }) =>
    decided.includes("commit") && abort !== null ? [abort] : [],
  );
  expect(result.disagreement?.trace.length).toBe(
    apart.length > 0 ? Math.min(...apart) + 1 : undefined,
  );
  return result;
}

describe("the sets are what their definition says", () => {
  it.each([
    { model: twoPhaseCommit, parameters: { participants: 1 }, faults: "" },
    { model: twoPhaseCommit, parameters: { participants: 2 }, faults: "" },
    { model: twoPhaseCommit, parameters: { participants: 3 }, faults: "" },
    { model: twoPhaseCommit, parameters: { participants: 2 }, faults: "crash=1, recover=1" },
    {
      model: twoPhaseCommit,
      parameters: { participants: 2 },
      faults: "crash(p1)=1, detect=arbitrary",
    },
    {
      model: decisionUnlogged,
      parameters: { participants: 2 },
      faults: "crash(coordinator)=1, recover=1, detect=arbitrary",
    },
    { model: transactionCommit, parameters: { rms: 3 } },
  ])("of $model.name, $parameters, failures: $faults", async ({ model, ...options }) => {
    await agrees(model, options);
  });

  it(`of random systems (seed ${SEED})`, async () => {
    let violated = 0;
    await fc.assert(
      fc.asyncProperty(someWanderers, async (wanderers) => {
        const { conditions } = await agrees(modelOf(wanderers), {});
        violated += conditions.filter(({ verdict }) => verdict === "violated").length;
      }),
      { seed: SEED, numRuns: RUNS / 5 },
    );
    // Systems in which nothing goes together would prove nothing.
    expect(violated).toBeGreaterThan(RUNS / 20);
  });
});

describe("two-phase commit", () => {
  it("has COMMIT and ABORT in the concurrency set of READY, and so it blocks", async () => {
    const result = await concurrency(twoPhaseCommit);
    // Skeen's central-site protocol, in the names of this model; the coordinator has no vote.
    expect(linesOf(result)).toEqual([
      "INIT: participants INIT",
      "WAIT: participants INIT READY ABORT",
      "ABORT: participants INIT READY ABORT",
      "COMMIT: participants READY COMMIT",
      "INIT: coordinator INIT WAIT ABORT; participants INIT READY ABORT",
      "READY: coordinator WAIT ABORT COMMIT; participants INIT READY ABORT COMMIT",
      "ABORT: coordinator WAIT ABORT; participants INIT READY ABORT",
      "COMMIT: coordinator COMMIT; participants READY COMMIT",
    ]);
    expect(result).toMatchObject({
      scenario: "no-failures",
      voters: ["p1", "p2", "p3"],
      conclusion: "blocking",
      obeying: ["coordinator"],
    });
    for (const { verdict, violations } of result.conditions) {
      expect(verdict).toBe("violated");
      expect(violations).toMatchObject([
        { role: "participants", state: "READY", processes: ["p1", "p2", "p3"] },
      ]);
    }
    expect(concurrencyOutcomeOf(result)).toBe("as-expected");
  });

  it("with one participant has none but committable votes", async () => {
    const { tables, conclusion } = await concurrency(twoPhaseCommit, {
      parameters: { participants: 1 },
    });
    expect(tables[1]!.states.filter(({ committable }) => committable)).toMatchObject([
      { state: "READY" },
      { state: "COMMIT" },
    ]);
    expect(conclusion).toBe("nonblocking");
  });

  it("takes a scenario's parameters and leaves its failures out", async () => {
    const scenario = "cooperative-two-crashes-recovery";
    const result = await concurrency(twoPhaseCommit, { scenario });
    expect(result).toMatchObject({
      scenario: null,
      parameters: { participants: 2, termination: "cooperative" },
      faults: "none",
      withFailures: false,
    });
    const failing = await concurrency(twoPhaseCommit, { scenario, faults: "crash=1" });
    expect(failing).toMatchObject({ withFailures: true, conclusion: "failures" });
    expect(failing.parameters).toEqual(result.parameters);
  });

  it("asks the model about few of its states", async () => {
    const { states, modelCalls } = await concurrency(twoPhaseCommit, {
      parameters: { participants: 5 },
    });
    expect(states).toBe(5707);
    expect(modelCalls).toBeLessThan(1000);
  });
});

it("Lamport's TwoPhase has the same sets, of the TM and the RMs", async () => {
  const result = await concurrency(transactionCommit);
  expect(linesOf(result)).toEqual([
    "init: RMs working prepared aborted",
    "aborted: RMs working prepared aborted",
    "committed: RMs prepared committed",
    "working: TM init aborted; RMs working prepared aborted",
    "prepared: TM init aborted committed; RMs working prepared aborted committed",
    "aborted: TM init aborted; RMs working prepared aborted",
    "committed: TM committed; RMs prepared committed",
  ]);
  const committable = result.tables.flatMap(({ role, states }) =>
    states.filter((row) => row.committable).map(({ state }) => `${role} ${state}`),
  );
  expect(committable).toEqual(["TM committed", "RMs committed"]);
  const decided = result.tables.map(({ states }) => states.map((row) => row.decided.join()));
  expect(decided).toEqual([
    ["", "abort", "commit"],
    ["", "", "abort", "commit"],
  ]);
  expect(result).toMatchObject({
    voters: ["rm1", "rm2", "rm3"],
    conclusion: "blocking",
    obeying: ["TM"],
  });
});

describe("a protocol of two", () => {
  it("is nonblocking when the vote comes first", async () => {
    const result = await concurrency(handshake("vote first"));
    expect(linesOf(result)).toEqual([
      "START: follower IDLE",
      "ASKED: follower IDLE DONE",
      "STOPPED: follower IDLE",
      "COMMITTED: follower DONE",
      "IDLE: leader START ASKED STOPPED",
      "DONE: leader ASKED COMMITTED",
    ]);
    const committable = result.tables.flatMap(({ states }) =>
      states.filter((row) => row.committable).map(({ state }) => state),
    );
    expect(committable).toEqual(["ASKED", "COMMITTED", "DONE"]);
    expect(result).toMatchObject({
      voters: ["a"],
      conclusion: "nonblocking",
      obeying: ["a", "b"],
    });
  });

  it("violates the second condition alone when the vote comes last", async () => {
    const { conditions, conclusion, obeying } = await concurrency(handshake("vote last"));
    expect(conditions.map(({ verdict }) => verdict)).toEqual(["holds", "violated"]);
    expect(conditions[1]!.violations).toMatchObject([
      {
        state: "ASKED",
        processes: ["a"],
        sightings: [
          { shows: "commit", other: "b", otherState: "DONE" },
          { shows: "uncommitted", other: "a", otherState: "ASKED" },
        ],
      },
      { state: "DONE", processes: ["b"] },
    ]);
    expect(conditions[1]!.violations[0]!.sightings.map(({ trace }) => trace.length - 1)).toEqual([
      2, 1,
    ]);
    expect({ conclusion, obeying }).toEqual({ conclusion: "blocking", obeying: [] });
  });

  it.each([
    ["never commit", "no-commit"],
    ["never abort", "no-abort"],
    ["never vote", "no-votes"],
    ["disagree", "disagreement"],
  ] as const)("has nothing to do with the theorem when they %s", async (how, conclusion) => {
    expect((await concurrency(handshake(how))).conclusion).toBe(conclusion);
  });

  it("has a table for each process of a role that differs from the others", async () => {
    const leaving = { who: 0, from: "A", to: "B", marks: false, beside: null };
    const { tables } = await concurrency(
      modelOf({ moves: [leaving], commit: [], abort: [], votes: {} }),
    );
    expect(tables.map(({ role, processes }) => [role, ...processes])).toEqual([
      ["pair", "w0"],
      ["pair", "w1"],
      ["single", "w2"],
    ]);
  });
});
