/**
 * Every kind of property on random transition systems: verdicts and lengths of the shortest
 * counterexamples against what the naive explorer's graph says.
 */
import fc from "fast-check";
import { type Map as ImmutableMap, is } from "immutable";
import { expect, it } from "vitest";
import { check } from "../../src/check/index.js";
import {
  type Action,
  always,
  alwaysPossible,
  alwaysStep,
  defineModel,
  noDeadlock,
  sometimes,
  type TransitionSystem,
} from "../../src/model/index.js";
import { RUNS, SEED } from "../support/fuzz.js";
import { claimOf, claimSpec, type State, systemOf, systemSpec } from "../support/random-systems.js";
import { explore, successors } from "../support/reference.js";

const STATES_MAX = 60;

interface Step {
  readonly from: State;
  readonly to: State;
  readonly kind: Action["kind"];
}

/** The level of the nearest of some states; null when there is none. */
function nearest(level: ImmutableMap<State, number>, states: Iterable<State>): number | null {
  let least: number | null = null;
  for (const state of states) {
    const at = level.get(state)!;
    if (least === null || at < least) least = at;
  }
  return least;
}

/** States from which no state that satisfies the goal can be reached by the steps given. */
function trapped(
  states: readonly State[],
  steps: readonly Step[],
  goal: (s: State) => boolean,
): State[] {
  let can = new Set(states.filter(goal));
  const canonical = (state: State) => states.find((other) => is(other, state))!;
  const edges = steps.map(({ from, to }) => [canonical(from), canonical(to)] as const);
  for (let size = -1; size !== can.size; ) {
    size = can.size;
    can = new Set([...can, ...edges.filter(([, to]) => can.has(to)).map(([from]) => from)]);
  }
  return states.filter((state) => !can.has(state));
}

const spec = fc.record({
  system: systemSpec,
  invariant: claimSpec,
  good: claimSpec,
  before: claimSpec,
  after: claimSpec,
  goal: claimSpec,
  final: claimSpec,
  cut: fc.nat(),
});

it(`finds the verdicts and the shortest counterexamples of ${RUNS} random systems (seed ${SEED})`, async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(spec, async (specs) => {
      const system = systemOf(specs.system);
      const reference = explore(system, STATES_MAX) as ReturnType<typeof explore<State>>;
      if (reference === null) return;
      const { level } = reference;
      const states = [...level.keys()];
      const steps = states.flatMap((from) =>
        successors(system as unknown as TransitionSystem<State>, from).map(
          ({ action, next }): Step => ({ from, to: next, kind: action.kind }),
        ),
      );
      const [invariant, good, before, after, goal, final] = [
        claimOf(specs.invariant),
        claimOf(specs.good),
        claimOf(specs.before),
        claimOf(specs.after),
        claimOf(specs.goal),
        claimOf(specs.final),
      ] as const;
      const stepClaim = (a: State, b: State) => !before(a) || after(b) || is(a.map, b.map);
      const model = defineModel({
        name: "random",
        title: "random",
        source: "none",
        parameters: {},
        scenarios: [],
        system: () => system as unknown as TransitionSystem<State>,
        properties: () => [
          always<State>("always", invariant),
          sometimes<State>("sometimes", good),
          alwaysStep<State>("step", stepClaim),
          alwaysPossible<State>("possible", goal),
          alwaysPossible<State, number>(
            "possible without failures",
            (s, n) => s.n === n || goal(s),
            {
              by: [0, 1],
              using: ({ kind }) => kind === "step",
            },
          ),
          noDeadlock<State>("deadlock", final),
        ],
      });
      const violations = steps.filter(({ from, to }) => !stepClaim(from, to));
      const nearestStep = nearest(
        level,
        violations.map(({ from }) => from),
      );
      const safe = steps.filter(({ kind }) => kind === "step");
      const dead = states.filter(
        (state) => !final(state) && !steps.some(({ from }) => is(from, state)),
      );
      const lengths = [
        nearest(
          level,
          states.filter((s) => !invariant(s)),
        ),
        nearest(level, states.filter(good)),
        nearestStep === null ? null : nearestStep + 1,
        nearest(level, trapped(states, steps, goal)),
        nearest(
          level,
          [0, 1].flatMap((n) => trapped(states, safe, (s) => s.n === n || goal(s))),
        ),
        nearest(level, dead),
      ];
      const verdicts = lengths.map((length, i) =>
        (length === null) === (i !== 1) ? "holds" : "violated",
      );
      for (const search of ["bfs", "dfs"] as const) {
        const result = await check(model, { search, audit: search === "bfs" ? "all" : "sample" });
        expect([result.complete, result.states, result.transitions, result.depth], search).toEqual([
          true,
          reference.states,
          reference.transitions,
          reference.depth,
        ]);
        expect(
          result.properties.map(({ verdict }) => verdict),
          search,
        ).toEqual(verdicts);
        for (const [
          i,
          { trace, witness, name, verdict, shortest },
        ] of result.properties.entries()) {
          seen.set(`${name} ${verdict}`, (seen.get(`${name} ${verdict}`) ?? 0) + 1);
          const shown = trace ?? witness;
          const length = shown === null ? null : shown.length - 1;
          if (search === "bfs") expect(length, name).toBe(lengths[i]);
          else expect(length ?? -1, name).toBeGreaterThanOrEqual(lengths[i] ?? -1);
          if (trace !== null) expect(shortest).toBe(search === "bfs");
        }
        // Cut short anywhere, a verdict is the true one or none.
        const maxStates = 1 + (specs.cut % reference.states);
        const cut = await check(model, { search, maxStates });
        expect(cut.states).toBeLessThanOrEqual(maxStates);
        for (const [i, { verdict, name }] of cut.properties.entries())
          if (verdict !== "undecided") expect(verdict, `${name}, cut short`).toBe(verdicts[i]);
        if (maxStates < reference.states && cut.stoppedBy !== "decided")
          expect(cut.stoppedBy).toBe("states");
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
  // Each kind of property must have held and been violated often enough for this to mean something.
  for (const name of [
    "always",
    "sometimes",
    "step",
    "possible",
    "possible without failures",
    "deadlock",
  ])
    for (const verdict of ["holds", "violated"])
      expect(seen.get(`${name} ${verdict}`) ?? 0, `${name} ${verdict}`).toBeGreaterThan(RUNS / 50);
}, 300_000);
