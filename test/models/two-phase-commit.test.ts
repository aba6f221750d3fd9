import { afterEach, describe, expect, it, vi } from "vitest";
import model from "../../models/two-phase-commit.js";
import decisionUnlogged from "../../models/two-phase-commit-decision-unlogged.js";
import voteUnlogged from "../../models/two-phase-commit-vote-unlogged.js";
import { type Model, parameterValues, type Scenario } from "../../src/model/index.js";
import { type ProtocolState, Step } from "../../src/protocol/index.js";
import { type Graph, graphOf, naiveVerdict, pathTo } from "./naive-check.js";

afterEach(() => vi.restoreAllMocks());

function scenarioOf({ scenarios, name }: Model, wanted: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === wanted);
  if (!found) throw new Error(`${name} has no scenario ${wanted}`);
  return found;
}

const graphs = new Map<string, Graph>();

/** A scenario's state space; built once for all the tests that look at it. */
function graph(of: Model, scenario: Scenario, participants: number): Graph {
  const key = [of.name, scenario.name, participants].join(" ");
  const known = graphs.get(key) ?? freshGraph(of, scenario, participants);
  graphs.set(key, known);
  return known;
}

function freshGraph(of: Model, scenario: Scenario, participants: number): Graph {
  const parameters = parameterValues(of.parameters, { ...scenario.parameters, participants });
  return graphOf(of.instantiate({ parameters, faults: scenario.faults ?? null }));
}

const protocolStates = ({ states }: Graph) =>
  states as readonly unknown[] as readonly ProtocolState[];

function verdicts(g: Graph): Record<string, string> {
  return Object.fromEntries(
    g.instance.properties.map((property) => [property.name, naiveVerdict(g, property).verdict]),
  );
}

/** The shortest counterexample as it is told, and why it is one. */
function counterexample(g: Graph, name: string): string {
  const property = g.instance.properties.find((p) => p.name === name)!;
  const { state, who } = naiveVerdict(g, property).witnesses.reduce((a, b) =>
    g.level[b.state]! < g.level[a.state]! ? b : a,
  );
  const steps = pathTo(g, state).map(({ label, told }) => [label, ...told].join("\n    "));
  const why = property.explain!(g.states[state]!, who);
  return [...steps, ...why].join("\n");
}

it("the first scenario is three participants and a coordinator that crashes for good", () => {
  expect(model.scenarios[0]).toMatchObject({
    name: "coordinator-crash",
    faults: "crash(coordinator)=1",
  });
  expect(parameterValues(model.parameters, {})).toEqual({ participants: 3, termination: "none" });
});

describe("blocking", () => {
  it("without cooperation: a single READY participant is enough", () => {
    const g = graph(model, scenarioOf(model, "coordinator-crash"), 3);
    expect(counterexample(g, "non-blocking")).toMatchInlineSnapshot(`
      "crash(coordinator) while start
          note: coordinator starts
          write: coordinator WAIT
          become: coordinator WAIT
          send: coordinator p1 VOTE_REQUEST
          crash: coordinator sending VOTE_REQUEST to p2 and p3
      receive(p1, VOTE_REQUEST from coordinator)
          receive: p1 coordinator VOTE_REQUEST
          write: p1 READY
          become: p1 READY
          note: p1 votes commit
          send: p1 coordinator VOTE_COMMIT
          lose: p1 coordinator VOTE_COMMIT
      p1 is stuck in READY: it waits for coordinator and cannot decide, as long as nobody recovers.
      coordinator is down, undecided; its log says WAIT.
      p2 is in INIT and knows of no decision that it could tell p1.
      p3 is in INIT and knows of no decision that it could tell p1.
      Nothing is under way to p1."
    `);
  });

  it("with cooperation: only if all that are up are READY", () => {
    const g = graph(model, scenarioOf(model, "cooperative-coordinator-crash"), 3);
    const nonBlocking = g.instance.properties.find((p) => p.name === "non-blocking")!;
    const blocked = naiveVerdict(g, nonBlocking).witnesses.map(
      ({ state }) => protocolStates(g)[state]!,
    );
    const up = new Set(
      blocked.map((s) => [...s.local.values()].map(({ state }) => state).join(" ")),
    );
    expect([...up]).toEqual(["READY READY READY"]);
  });

  it("with cooperation and two crashes: also where the only one that knows is down", () => {
    const g = graph(model, scenarioOf(model, "cooperative-two-crashes"), 3);
    const nonBlocking = g.instance.properties.find((p) => p.name === "non-blocking")!;
    const knower = naiveVerdict(g, nonBlocking).witnesses.some(({ state }) => {
      const s = protocolStates(g)[state]!;
      return [...s.decisions].some(
        ([p, d]) => p.kind === "p" && !s.local.has(p) && d.has("commit"),
      );
    });
    expect(knower).toBe(true);
  });
});

describe("the broken variants", () => {
  it("vote unlogged: one participant aborts what it has promised to commit", () => {
    const g = graph(voteUnlogged, voteUnlogged.scenarios[0]!, 2);
    expect(counterexample(g, "agreement")).toMatchInlineSnapshot(`
      "start(coordinator)
          note: coordinator starts
          write: coordinator WAIT
          become: coordinator WAIT
          send: coordinator p1 VOTE_REQUEST
          send: coordinator p2 VOTE_REQUEST
      receive(p1, VOTE_REQUEST from coordinator)
          receive: p1 coordinator VOTE_REQUEST
          become: p1 READY
          note: p1 votes commit
          send: p1 coordinator VOTE_COMMIT
          write: p1 READY
      receive(coordinator, VOTE_COMMIT from p1)
          receive: coordinator p1 VOTE_COMMIT
      crash(p2) while receive(VOTE_REQUEST from coordinator)
          receive: p2 coordinator VOTE_REQUEST
          become: p2 READY
          note: p2 votes commit
          send: p2 coordinator VOTE_COMMIT
          crash: p2 logging READY
      receive(coordinator, VOTE_COMMIT from p2)
          receive: coordinator p2 VOTE_COMMIT
          write: coordinator COMMIT
          become: coordinator COMMIT
          decide: coordinator commit
          send: coordinator p1 GLOBAL_COMMIT
          send: coordinator p2 GLOBAL_COMMIT
      recover(p2)
          recover: p2
          write: p2 ABORT
          become: p2 ABORT
          decide: p2 abort
          send: p2 coordinator VOTE_ABORT
      coordinator has decided commit.
      p2 has decided abort."
    `);
  });

  it("decision unlogged: the coordinator makes a participant abort what it has decided to commit", () => {
    const g = graph(decisionUnlogged, decisionUnlogged.scenarios[0]!, 2);
    expect(counterexample(g, "agreement")).toMatchInlineSnapshot(`
      "start(coordinator)
          note: coordinator starts
          write: coordinator WAIT
          become: coordinator WAIT
          send: coordinator p1 VOTE_REQUEST
          send: coordinator p2 VOTE_REQUEST
      receive(p1, VOTE_REQUEST from coordinator)
          receive: p1 coordinator VOTE_REQUEST
          write: p1 READY
          become: p1 READY
          note: p1 votes commit
          send: p1 coordinator VOTE_COMMIT
      receive(coordinator, VOTE_COMMIT from p1)
          receive: coordinator p1 VOTE_COMMIT
      receive(p2, VOTE_REQUEST from coordinator)
          receive: p2 coordinator VOTE_REQUEST
          write: p2 READY
          become: p2 READY
          note: p2 votes commit
          send: p2 coordinator VOTE_COMMIT
      crash(coordinator) while receive(VOTE_COMMIT from p2)
          receive: coordinator p2 VOTE_COMMIT
          become: coordinator COMMIT
          decide: coordinator commit
          crash: coordinator sending GLOBAL_COMMIT to p1 and p2
      recover(coordinator)
          recover: coordinator
          become: coordinator WAIT
          send: coordinator p1 VOTE_REQUEST
          send: coordinator p2 VOTE_REQUEST
      timeout(coordinator, awaiting p1)
          timeout: coordinator p1 suspicion
          write: coordinator ABORT
          become: coordinator ABORT
          decide: coordinator abort
          send: coordinator p1 GLOBAL_ABORT
          send: coordinator p2 GLOBAL_ABORT
      receive(p1, GLOBAL_ABORT from coordinator)
          receive: p1 coordinator GLOBAL_ABORT
          write: p1 ABORT
          become: p1 ABORT
          decide: p1 abort
      coordinator has decided abort and commit.
      p1 has decided abort."
    `);
  });

  it("decision unlogged: only the coordinator ever changes its decision", () => {
    const g = graph(decisionUnlogged, decisionUnlogged.scenarios[0]!, 2);
    const irrevocability = g.instance.properties.find((p) => p.name === "irrevocability")!;
    const fickle = naiveVerdict(g, irrevocability).witnesses.map(({ who }) => String(who));
    expect([...new Set(fickle)]).toEqual(["coordinator"]);
  });
});

describe("what is left out to keep the state space small leaves no behaviour out:", () => {
  /** All of a state but messages and what is said of them. */
  const known = (s: ProtocolState) =>
    s.merge({ mailboxes: s.mailboxes.clear(), ignored: s.ignored.clear() });

  it.each(["coordinator-crash-recovery", "participant-crash-recovery", "cooperative-two-crashes"])(
    "messages that are ignored, in %s",
    (name) => {
      const scenario = scenarioOf(model, name);
      const quick = graph(model, scenario, 2);
      const ignored = vi.spyOn(Step.prototype, "ignoring").mockImplementation(function (
        this: Step,
      ) {
        return this;
      });
      const full = freshGraph(model, scenario, 2);
      expect(ignored).toHaveBeenCalled();
      expect(full.states.length).toBeGreaterThan(quick.states.length);
      const all = (g: Graph) => new Set(protocolStates(g).map((s) => String(canonical(known(s)))));
      expect([...all(quick)].sort()).toEqual([...all(full)].sort());
      expect(verdicts(full)).toEqual(verdicts(quick));
    },
  );
});

/** One text for equal states: the maps and sets in it sorted. */
function canonical(s: ProtocolState): string {
  return JSON.stringify([
    [...s.local].map(([p, { state }]) => `${p}=${state}`).sort(),
    [...s.stable].map(([p, log]) => `${p}=${log}`).sort(),
    [...s.awaiting].map(([p, q]) => `${p}=${[...q].map(String).sort()}`).sort(),
    [...s.proposals].map(([p, v]) => `${p}=${v}`).sort(),
    [...s.decisions].map(([p, d]) => `${p}=${[...d].map(String).sort()}`).sort(),
    [...s.budgets].map(([name, n]) => `${name}=${n}`).sort(),
    s.falseAlarm,
  ]);
}
