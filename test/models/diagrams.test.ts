/** The diagram in a model's docstring is a claim: it shows every transition that is reached, and no other. */
import { expect, it } from "vitest";
import type { State } from "../../models/transaction-commit.js";
import type { ProtocolState } from "../../src/protocol/index.js";
import { readSource } from "../support/sources.js";
import { arrowsDrawn, arrowsTaken } from "./diagram.js";
import { graphOf } from "./naive-check.js";
import { instanceOf, STATE_SPACES } from "./state-spaces.js";

type Places = ReadonlyMap<string, string>;

/** Where the processes of a kind are, those that are up. */
const processes =
  (kind: string) =>
  (state: unknown): Places =>
    new Map(
      [...(state as ProtocolState).local]
        .filter(([p]) => p.kind === kind)
        .map(([p, { state }]) => [String(p), state]),
    );
const managers = (state: unknown): Places =>
  new Map([...(state as State).rmState].map(([rm, place]) => [String(rm), place]));
const transactionManager = (state: unknown): Places => new Map([["TM", (state as State).tmState]]);

it.each([
  ["transaction-commit", "TM", transactionManager, true],
  ["transaction-commit", "RM", managers, true],
  ["two-phase-commit", "coordinator", processes("coordinator"), false],
  ["two-phase-commit", "participants", processes("p"), false],
  ["two-phase-commit-listings", "coordinator", processes("coordinator"), false],
  ["two-phase-commit-listings", "participants", processes("p"), false],
  ["two-phase-commit-presumed", "coordinator", processes("coordinator"), false],
  ["two-phase-commit-presumed", "participants", processes("p"), false],
  ["paxos-commit", "leader", processes("leader"), false],
  ["paxos-commit", "rms", processes("rm"), false],
  ["three-phase-commit", "coordinator", processes("coordinator"), false],
  ["three-phase-commit", "participants", processes("p"), false],
] as const)("the diagram of %s shows what the %s does", (name, actor, places, named) => {
  const taken = new Set<string>();
  for (const space of graphsOf(name))
    for (const arrow of arrowsTaken(space, places, named)) taken.add(arrow);
  expect([...taken].sort()).toEqual(arrowsDrawn(readSource(`models/${name}.ts`), actor));
});

const STATES_MAX = 5000;
const graphs = new Map<string, ReturnType<typeof graphOf>[]>();

/** The model's shipped scenarios, at sizes that the plainest search can do. */
function graphsOf(name: string): readonly ReturnType<typeof graphOf>[] {
  const known = graphs.get(name);
  if (known) return known;
  const built = STATE_SPACES.filter(
    ({ model, options, known }) =>
      model.name === name && options.scenario !== undefined && known.states <= STATES_MAX,
  ).map((space) => graphOf(instanceOf(space)));
  graphs.set(name, built);
  return built;
}
