/** The nearest run that ends well, against a search of every run by the plainest means. */
import fc from "fast-check";
import { is } from "immutable";
import { describe, expect, it } from "vitest";
import twoPhaseCommit from "../../models/two-phase-commit.js";
import { check, type NearestGood, type Trace } from "../../src/check/index.js";
import {
  type AlwaysPossible,
  actionsOver,
  always,
  alwaysPossible,
  alwaysStep,
  noDeadlock,
  type Property,
  type TransitionSystem,
} from "../../src/model/index.js";
import { RUNS, SEED } from "../support/fuzz.js";
import { claimOf, claimSpec, type State, systemOf, systemSpec } from "../support/random-systems.js";
import { explore, successors } from "../support/reference.js";
import { type Clock, endless, graph, modelOf } from "../support/systems.js";

type Cost = readonly [failures: number, steps: number];

const less = (a: Cost, b: Cost) => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);

interface Naive {
  readonly allows: (from: State, to: State, kind: string) => boolean;
  readonly isGood: (state: State) => boolean;
}

/** The least cost of a run from `start` to a good state, by relaxing every step until nothing changes. */
function leastCost(system: TransitionSystem<State>, start: State, goal: Naive): Cost | null {
  const states: { readonly state: State; cost: Cost }[] = [{ state: start, cost: [0, 0] }];
  for (let changed = true; changed; ) {
    changed = false;
    for (const { state, cost } of [...states])
      for (const { next, action } of successors(system, state)) {
        if (!goal.allows(state, next, action.kind)) continue;
        const further: Cost = [cost[0] + (action.kind === "failure" ? 1 : 0), cost[1] + 1];
        const known = states.find((other) => is(other.state, next));
        if (known && !less(further, known.cost)) continue;
        if (known) known.cost = further;
        else states.push({ state: next, cost: further });
        changed = true;
      }
  }
  const good = states.filter(({ state }) => goal.isGood(state)).map(({ cost }) => cost);
  return good.reduce<Cost | null>((a, b) => (a && !less(b, a) ? a : b), null);
}

/** What a run costs beyond the part in common, and that each of its steps can be taken. */
function costOf(system: TransitionSystem<State>, { parts, trace }: NearestGood, goal: Naive): Cost {
  let failures = 0;
  for (const [i, { action, state }] of trace.entries()) {
    if (i <= parts) continue;
    const before = trace[i - 1]!.state as State;
    const kinds = successors(system, before)
      .filter(
        ({ action: { name, kind }, next }) =>
          action!.split("(")[0] === name && is(next, state) && goal.allows(before, next, kind),
      )
      .map(({ action: { kind } }) => kind);
    expect(kinds, `step ${i}`).not.toEqual([]);
    if (kinds.every((kind) => kind === "failure")) failures++;
  }
  return [failures, trace.length - 1 - parts];
}

const spec = fc.record({
  system: systemSpec,
  invariant: claimSpec,
  before: claimSpec,
  goal: claimSpec,
  hasGoal: fc.boolean(),
});

it(`is found in ${RUNS} random systems as by the plainest means (seed ${SEED})`, async () => {
  let [found, none] = [0, 0];
  await fc.assert(
    fc.asyncProperty(spec, async (specs) => {
      const system = systemOf(specs.system) as unknown as TransitionSystem<State>;
      if (explore(system, 40) === null) return;
      const [invariant, before, goal] = [
        claimOf(specs.invariant),
        claimOf(specs.before),
        claimOf(specs.goal),
      ];
      const keeps = (a: State, b: State) => !before(a) || is(a.map, b.map);
      const isFinal = (s: State) => !goal(s);
      const possible = alwaysPossible<State, number>("possible", (s, n) => s.n === n || goal(s), {
        by: [0, 1],
        using: ({ kind }) => kind === "step",
      });
      const properties: Property<State>[] = [
        always<State>("always", invariant),
        alwaysStep<State>("step", keeps),
        noDeadlock<State>("deadlock", isFinal),
        ...(specs.hasGoal ? [possible as unknown as AlwaysPossible<State>] : []),
      ];
      const isEnd = (s: State) => successors(system, s).length === 0;
      const all = (s: State) => goal(s) || (s.n === 0 && s.n === (1 as number));
      const endsWell = (end: (s: State) => boolean) => (s: State) =>
        specs.hasGoal ? all(s) : isEnd(s) && end(s);
      const whatever = () => true;
      const naive: Readonly<Record<string, Naive>> = {
        always: { allows: (_, to) => invariant(to), isGood: endsWell(whatever) },
        step: { allows: keeps, isGood: endsWell(whatever) },
        deadlock: { allows: whatever, isGood: endsWell(isFinal) },
      };
      const model = modelOf(system as unknown as Parameters<typeof modelOf<State>>[0], properties);
      for (const search of ["bfs", "dfs"] as const) {
        const result = await check(model, { search });
        for (const { name, trace, nearestGood, nearestNote } of result.properties) {
          expect(nearestNote).toBe(null);
          if (trace === null) continue;
          const parting = partings(trace);
          if (name === "possible") {
            // Everybody's goal from as late as that of anybody, where that is possible.
            const allows: Naive["allows"] = (_from, _to, kind) => kind === "step";
            const isGoodFor = (n: number) => (s: State) => s.n === n || goal(s);
            const stuck = [0, 1].find(
              (n) =>
                leastCost(system, trace.at(-1)!.state as State, {
                  allows,
                  isGood: isGoodFor(n),
                }) === null,
            )!;
            const goals = [all, isGoodFor(stuck)].map((isGood): Naive => ({ allows, isGood }));
            const best = parting
              .flatMap(([parts, state]) =>
                goals.map((goal) => ({ parts, goal, cost: leastCost(system, state, goal) })),
              )
              .find(({ cost }) => cost !== null);
            expect(nearestGood?.parts ?? null, name).toBe(best?.parts ?? null);
            if (!nearestGood || !best) continue;
            expect(costOf(system, nearestGood, best.goal), name).toEqual(best.cost);
            expect(best.goal.isGood(nearestGood.trace.at(-1)!.state as State)).toBe(true);
            found++;
            continue;
          }
          const goalOf = naive[name]!;
          const best = parting
            .map(([parts, state]) => ({ parts, cost: leastCost(system, state, goalOf) }))
            .find(({ cost }) => cost !== null);
          expect(nearestGood?.parts ?? null, name).toBe(best?.parts ?? null);
          if (!nearestGood || !best) {
            none++;
            continue;
          }
          found++;
          expect(costOf(system, nearestGood, goalOf), name).toEqual(best.cost);
          expect(goalOf.isGood(nearestGood.trace.at(-1)!.state as State), name).toBe(true);
          for (const i of Array.from({ length: best.parts + 1 }, (_, i) => i))
            expect(is(nearestGood.trace[i]!.state, trace[i]!.state)).toBe(true);
        }
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
  expect(Math.min(found, none)).toBeGreaterThan(RUNS / 20);
}, 300_000);

/** The places where a run could part from a trace, the latest first. */
const partings = (trace: Trace) =>
  [...trace.entries()]
    .slice(0, -1)
    .reverse()
    .map(([i, { state }]) => [i, state as State] as const);

describe("a nearest run", () => {
  it("does at first the same with another outcome, where it can", async () => {
    const { properties } = await check(twoPhaseCommit, { properties: ["non-blocking"] });
    const { trace, nearestGood } = properties[0]!;
    expect(nearestGood!.parts).toBe(1);
    expect(nearestGood!.trace[2]!.action).toBe(trace![2]!.action);
  });

  it("rather takes more steps than one more failure", async () => {
    const { action } = actionsOver<Clock, null>();
    const go = (from: number, to: number, kind: "step" | "failure" = "step") =>
      action(`${from}→${to}`, {
        kind,
        when: (s) => s.tick === from,
        then: (s) => s.set("tick", to),
      });
    const actions = [go(0, 9), go(0, 4, "failure"), go(0, 1), go(1, 2), go(2, 3), go(3, 4)];
    const model = modelOf({ initial: endless().initial, actions }, [
      always("not-9", (s) => s.tick !== 9),
    ]);
    const { nearestGood } = (await check(model)).properties[0]!;
    expect(nearestGood!.trace.map(({ action }) => action)).toEqual([
      null,
      ...["0→1", "1→2", "2→3", "3→4"],
    ]);
  });

  it("is not there where the first state is the counterexample, or none ends", async () => {
    const first = modelOf(graph([0], [[0, 1]]), [always("never", () => false)]);
    expect((await check(first)).properties[0]).toMatchObject({
      nearestGood: null,
      nearestNote: null,
    });
    const loop = graph(
      [0],
      [
        [0, 0],
        [0, 1],
      ],
    );
    const never = modelOf(loop, [always("not-1", (s) => s.node !== 1)]);
    expect((await check(never)).properties[0]!.nearestGood).toBe(null);
  });

  it("is given up, with a word, where it is too far to seek or the search was cut short", async () => {
    const { initial, actions } = endless();
    const { action } = actionsOver<Clock, null>();
    const fall = action("fall", { when: (s) => s.tick === 0, then: (s) => s.set("tick", -1) });
    const falling = { initial, actions: [fall, ...actions] };
    const high = await check(modelOf(falling, [always("not-below-0", (s) => s.tick >= 0)]));
    expect(high.properties[0]).toMatchObject({
      nearestGood: null,
      nearestNote: "none was found among 30000 states",
    });
    const skipping = modelOf(
      graph(
        [0],
        [
          [0, 1],
          [0, 2],
        ],
      ),
      [always("not-1", (s) => s.node !== 1), always("not-9", (s) => s.node !== 9)],
    );
    const cut = await check(skipping, { maxStates: 2 });
    expect(cut.properties[0]).toMatchObject({
      verdict: "violated",
      nearestGood: null,
      nearestNote: "it was not looked for, as the limit on states came first",
    });
  });
});
