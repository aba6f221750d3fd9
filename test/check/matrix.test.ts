import { describe, expect, it } from "vitest";
import transactionCommit from "../../models/transaction-commit.js";
import twoPhaseCommit from "../../models/two-phase-commit.js";
import {
  type Cell,
  type CellResult,
  cellsToRun,
  check,
  checkMatrix,
  fateOf,
  type MatrixRun,
  matrixOutcome,
  mergeRuns,
  planMatrix,
  runMatrix,
} from "../../src/check/index.js";
import { withoutResult } from "../../src/check/matrix/cell.js";
import { restored } from "../../src/check/matrix/restore.js";
import { isSameUnder } from "../../src/check/matrix/run.js";
import { always, integer, Mistake, type Model } from "../../src/model/index.js";
import { type Clock, clock, modelOf } from "../support/systems.js";

const both = [{ model: twoPhaseCommit }, { model: transactionCommit }];
const setting = ({ model, parameters, faults }: Cell) => [
  model,
  ...Object.values(parameters),
  faults,
];

const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof Mistake) return error.code;
    throw error;
  }
  return null;
};

/** A clock that strikes so many times; from three on that is one too many. */
const striking = (scenario = false): Model => ({
  ...modelOf(clock(1)),
  name: "striking",
  parameters: { hours: integer({ default: 2, min: 1, max: 9, help: "hours" }) },
  scenarios: scenario
    ? [{ name: "two", summary: "two hours", expected: { early: "violated" } }]
    : [],
  instantiate: ({ parameters: { hours } }) =>
    modelOf(clock(Number(hours)), [always<Clock>("early", (s) => s.tick < 3)]).instantiate({
      parameters: {},
      faults: null,
    }),
});

describe("a plan", () => {
  it("has every combination in the order that was asked for, a parameter only where there is one", () => {
    const { cells } = planMatrix({
      models: both,
      faults: ["none", "crash(coordinator)=1"],
      parameters: { participants: [2, 3], rms: [4, 5], termination: ["none", "cooperative"] },
    });
    const expected: unknown[] = [];
    for (const participants of [2, 3])
      for (const termination of ["none", "cooperative"])
        for (const faults of ["none", "crash(coordinator)=1"])
          expected.push(["two-phase-commit", participants, termination, faults]);
    expected.push(["transaction-commit", 4, null]);
    expected.push(["transaction-commit", 4, "crash(coordinator)=1"]);
    expected.push(["transaction-commit", 5, null]);
    expected.push(["transaction-commit", 5, "crash(coordinator)=1"]);
    expect(cells.map(setting)).toEqual(expected);
    expect(cells.map(({ index }) => index)).toEqual(cells.map((_, i) => i));
  });

  it("has what is only written differently once", () => {
    const { cells } = planMatrix({
      models: both.slice(0, 1),
      faults: ["", "recover=1,crash( coordinator )=1", "none", "crash(coordinator)=1, recover=1"],
      parameters: { participants: ["2", 2] },
    });
    expect(cells.map(setting)).toEqual([
      ["two-phase-commit", 2, "none", "none"],
      ["two-phase-commit", 2, "none", "crash(coordinator)=1, recover=1"],
    ]);
  });

  it("says of what a model refuses why, and leaves it out of the run", () => {
    const plan = planMatrix({
      models: both,
      faults: ["crash(p3)=1"],
      parameters: { participants: [2, 3] },
    });
    const reasons = plan.cells.map(({ refusal }) => refusal);
    expect(reasons[0]).toMatch(/"p3" is not a role or a process/);
    expect(reasons[1]).toBe(null);
    expect(reasons[2]).toMatch(/plain transition system/);
    expect(cellsToRun(plan, null).map(({ index }) => index)).toEqual([1]);
    const range = planMatrix({
      models: [{ model: twoPhaseCommit }, { model: { ...small, name: "small" } }],
      parameters: { participants: [2, 3] },
    });
    expect(range.cells.map(({ refusal }) => refusal?.slice(0, 17) ?? null)).toEqual([
      null,
      null,
      null,
      "participants is 3",
    ]);
  });

  it("has failures that mean nothing to any of the models: that is known only when they are read", () => {
    const { cells } = planMatrix({ models: both, faults: ["none", "early=1"] });
    expect(cells.map(({ refusal }) => refusal !== null)).toEqual([false, true, false, true]);
    expect(codeOf(() => planMatrix({ models: both, faults: ["early=1"] }))).toBe(
      "faults-meaningless",
    );
  });

  const small: Model = {
    ...twoPhaseCommit,
    parameters: {
      ...twoPhaseCommit.parameters,
      participants: integer({ default: 2, min: 1, max: 2, help: "few" }),
    },
  };

  it("knows the scenario of a setting, and expects nothing without one", async () => {
    const { plan, results } = await checkMatrix({
      models: [twoPhaseCommit],
      faults: ["crash(coordinator)=1", "crash(coordinator)=2"],
      parameters: { participants: [1] },
    });
    expect(plan.cells.map(({ scenario }) => scenario)).toEqual(["coordinator-crash", null]);
    const expected = results.map((result) =>
      result!.properties.find(({ name }) => name === "non-blocking"),
    );
    expect(expected).toMatchObject([{ expected: "violated" }, { expected: null }]);
  });

  it.each([
    ["parameter-unknown", { parameters: { participant: [2] } }],
    ["parameter-range", { parameters: { participants: [2, 99] } }],
    ["faults-syntax", { faults: ["none", "crsh=1"] }],
    ["faults-syntax", { models: both.slice(1), faults: ["crash=1"] }],
    ["property-unknown", { properties: ["agreement", "agrement"] }],
    ["declaration-wrong", { models: [...both, ...both] }],
    ["matrix-too-large", { parameters: { participants: Array.from({ length: 20_000 }, () => 2) } }],
  ])("refuses what no model takes: %s", (code, request) => {
    expect(codeOf(() => planMatrix({ models: both, ...request }))).toBe(code);
  });

  it("checks only the properties that were asked for, where a model has them", () => {
    const { cells } = planMatrix({ models: both, properties: ["agreement", "non-blocking"] });
    expect(cells.map(({ properties }) => properties)).toEqual([
      ["agreement", "non-blocking"],
      ["agreement"],
    ]);
  });

  it("has another name when anything is different that a result depends on", () => {
    const request = { models: [{ model: transactionCommit, code: "a" }] };
    const names = [
      request,
      { models: [{ model: transactionCommit, code: "b" }] },
      { ...request, maxStates: 5 },
      { ...request, timeoutSeconds: 5 },
      { ...request, parameters: { rms: [4] } },
      { ...request, properties: ["agreement"] },
    ].map((each) => planMatrix(each).id);
    expect(new Set(names).size).toBe(names.length);
    expect(planMatrix({ ...request }).id).toBe(names[0]);
  });
});

describe("a run", () => {
  const request = {
    models: [twoPhaseCommit, transactionCommit],
    faults: ["none", "crash(coordinator)=1"],
    parameters: { participants: [2, 3], rms: [2] },
  };

  it("gives each cell what a check by itself gives", async () => {
    const { plan, results } = await checkMatrix(request);
    for (const cell of cellsToRun(plan, null)) {
      const model = request.models.find(({ name }) => name === cell.model)!;
      const { faults, parameters } = cell;
      const alone = await check(model, { parameters, ...(faults === null ? {} : { faults }) });
      const { states, transitions, depth, properties } = results[cell.index]!;
      expect([states, transitions, depth]).toEqual([alone.states, alone.transitions, alone.depth]);
      expect(properties.map(({ name, verdict, steps }) => [name, verdict, steps])).toEqual(
        alone.properties.map(({ name, verdict, trace }) => [
          name,
          verdict,
          trace && trace.length - 1,
        ]),
      );
      const again = restored(model, cell, results[cell.index]!);
      expect(again.properties.map(({ trace }) => trace)).toEqual(
        alone.properties.map(({ trace }) => trace),
      );
    }
  });

  it("gives the same in whatever order the cells come to an end", async () => {
    const one = await checkMatrix(request);
    let waiting = 40;
    const other = await runMatrix(one.plan, {
      jobs: 3,
      execute: async ({ index }) => {
        waiting -= 8;
        await new Promise((resolve) => setTimeout(resolve, waiting));
        return one.results[index]!;
      },
    });
    expect(other).toEqual(one);
  });

  it("never runs more at a time than it may, and each cell once", async () => {
    const plan = planMatrix({ models: both, parameters: { rms: [1, 2, 3, 4, 5, 6, 7] } });
    const ran: number[] = [];
    let [now, most] = [0, 0];
    await runMatrix(plan, {
      jobs: 3,
      execute: async ({ index }) => {
        ran.push(index);
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 2));
        now--;
        return withoutResult({ stoppedBy: "time", stopNote: null });
      },
    });
    expect(ran.sort((a, b) => a - b)).toEqual(plan.cells.map(({ index }) => index));
    expect(most).toBe(3);
  });

  it("begins no further cell after an interruption, nor after a fault of the checker", async () => {
    const plan = planMatrix({ models: both, parameters: { rms: [1, 2, 3] } });
    const interruption = new AbortController();
    const run = await runMatrix(plan, {
      signal: interruption.signal,
      execute: async () => {
        interruption.abort();
        return withoutResult({ stoppedBy: "interrupt", stopNote: null });
      },
    });
    expect(run.results.filter((result) => result !== null)).toHaveLength(1);
    expect(matrixOutcome(run)).toBe("interrupted");
    let begun = 0;
    const failing = runMatrix(plan, {
      jobs: 2,
      execute: async () => {
        if (++begun === 2) throw new Error("a fault");
        await new Promise((resolve) => setTimeout(resolve, 5));
        return withoutResult({ stoppedBy: "time", stopNote: null });
      },
    });
    await expect(failing).rejects.toThrow("a fault");
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(begun).toBe(2);
  });

  it("tells of a model that makes a mistake, and goes on", async () => {
    const broken: Model = {
      ...transactionCommit,
      name: "broken",
      instantiate: () => {
        throw new Error("boom");
      },
    };
    const run = await checkMatrix({ models: [broken, transactionCommit] });
    const fates = run.plan.cells.map((cell) => fateOf(cell, run.results[cell.index]!));
    expect(fates).toEqual(["mistake", "decided"]);
    expect(run.results[0]!.mistake).toMatchObject({ code: "set-up-threw" });
    expect(matrixOutcome(run)).toBe("mistake");
  });
});

describe("what a run comes to", () => {
  const outcome = async (request: object, scenario = false) =>
    matrixOutcome(await checkMatrix({ models: [striking(scenario)], ...request }));

  it("a violation is as good as any verdict where nothing was expected", async () => {
    expect(await outcome({ parameters: { hours: [2, 8] } })).toBe("as-expected");
  });

  it("where a scenario has the same setting its expectation counts", async () => {
    expect(await outcome({ parameters: { hours: [2, 8] } }, true)).toBe("unexpected");
    expect(await outcome({ parameters: { hours: [3, 8] } }, true)).toBe("as-expected");
  });

  it("a limit leaves cells undecided, which is no success", async () => {
    expect(await outcome({ parameters: { hours: [2] }, maxStates: 1 })).toBe("undecided");
  });
});

describe("parts of a plan", () => {
  const plan = planMatrix({
    models: both,
    faults: ["none", "crash(coordinator)=1", "crash(p2)=1"],
    parameters: { participants: [1, 2, 3, 4], rms: [1, 2, 3] },
  });

  it.each([1, 2, 3, 4, 7, 50])(
    "of %i: each cell is in one of them, and none is much larger",
    (of) => {
      const parts = Array.from({ length: of }, (_, i) => cellsToRun(plan, { part: i + 1, of }));
      const all = parts.flat().sort((a, b) => a.index - b.index);
      expect(all).toEqual(cellsToRun(plan, null));
      const sizes = parts.map(({ length }) => length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    },
  );

  const part = async (given: typeof plan, number: number, of: number) => ({
    file: `part${number}.json`,
    run: await runMatrix(given, {
      shard: { part: number, of },
      execute: async ({ index }) => ({
        ...withoutResult({ stoppedBy: null, stopNote: null }),
        complete: true,
        states: index,
      }),
    }),
  });

  it("are merged to the whole, in any order", async () => {
    const parts = await Promise.all([3, 1, 2].map((number) => part(plan, number, 3)));
    const whole = await part(plan, 1, 1);
    const merged = mergeRuns(parts as [(typeof parts)[0]]);
    expect(merged).toEqual({ ...whole.run, shard: null });
  });

  it("leave a hole where one is missing", async () => {
    const { results } = mergeRuns([await part(plan, 1, 2)]);
    const missing = cellsToRun(plan, null).filter(({ index }) => results[index] === null);
    expect(missing).toEqual(cellsToRun(plan, { part: 2, of: 2 }));
  });

  it("of different plans are refused, and so are those that disagree", async () => {
    const other = planMatrix({ models: both, faults: ["none"] });
    const [one, two] = [await part(plan, 1, 2), await part(other, 2, 2)];
    expect(codeOf(() => mergeRuns([one, two]))).toBe("matrix-not-merged");
    const changed: MatrixRun = {
      ...one.run,
      results: one.run.results.map((result) => result && { ...result, states: 7 }),
    };
    expect(codeOf(() => mergeRuns([one, { run: changed, file: "x" }]))).toBe("matrix-not-merged");
    expect(codeOf(() => mergeRuns([one, one]))).toBe(null);
  });

  it("that are run again give the better of two results", async () => {
    const { run, file } = await part(plan, 1, 1);
    const open: MatrixRun = {
      ...run,
      results: run.results.map((r) => r && withoutResult({ stoppedBy: "time", stopNote: null })),
    };
    expect(
      mergeRuns([
        { run: open, file },
        { run, file },
      ]).results,
    ).toEqual(run.results);
    expect(
      mergeRuns([
        { run, file },
        { run: open, file },
      ]).results,
    ).toEqual(run.results);
  });
});

describe("a result that was kept", () => {
  const limits = (maxStates: number | null) => ({ maxStates, timeoutSeconds: null });
  const decided: CellResult = {
    ...withoutResult({ stoppedBy: null, stopNote: null }),
    complete: true,
    states: 100,
  };
  const stopped = (stoppedBy: CellResult["stoppedBy"]): CellResult => ({
    ...decided,
    complete: false,
    stoppedBy,
  });

  it.each([
    ["decided within the limit", decided, null, 100, true],
    ["decided beyond the limit", decided, null, 99, false],
    ["undecided at the same limit", stopped("states"), 100, 100, true],
    ["undecided at another", stopped("states"), 100, 200, false],
    ["undecided for want of time", stopped("time"), null, null, false],
    ["undecided for want of memory", stopped("memory"), 100, 100, false],
    ["undecided for a process that died", stopped("worker"), null, null, false],
  ])("%s", (_, result, before, now, same) => {
    expect(isSameUnder(result, limits(before), limits(now))).toBe(same);
  });

  it("would be found again: a limit has no say in what it does not stop", async () => {
    for (const maxStates of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      const request = { models: [striking()], parameters: { hours: [1, 2, 3, 4, 6, 9] } };
      const free = await checkMatrix(request);
      const limited = await checkMatrix({ ...request, maxStates });
      for (const [i, result] of free.results.entries())
        if (isSameUnder(result!, limits(null), limits(maxStates)))
          expect(limited.results[i]).toEqual(result);
    }
  });
});
