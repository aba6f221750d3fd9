import { describe, expect, it } from "vitest";
import { MODELS } from "../../models/index.js";
import { check } from "../../src/check/index.js";
import { graphOf, naiveVerdict } from "./naive-check.js";
import { findings, instanceOf, STATE_SPACES } from "./state-spaces.js";

describe("the search finds what is known of", () => {
  it.each(STATE_SPACES)("$name", async ({ model, options, known }) => {
    const result = await check(model, options);
    expect(findings(result)).toEqual(known);
    if (options.scenario !== undefined)
      for (const { name, verdict, expected } of result.properties)
        expect(`${name} ${verdict}`).toBe(`${name} ${expected}`);
  });

  it.each(STATE_SPACES)("$name, depth-first", async ({ model, options, known }) => {
    const found = findings(await check(model, { ...options, search: "dfs" }));
    expect({ ...found, violated: names(found.violated) }).toEqual({
      ...known,
      violated: names(known.violated),
    });
  });
});

/** The properties violated, without the length of their counterexamples. */
const names = (violated: string) => violated.replaceAll(/ \d+/g, "");

describe("so does the plainest search that there is, of", () => {
  const STATES_MAX = 3000;
  const small = STATE_SPACES.filter(({ known }) => known.states <= STATES_MAX);
  it.each(small)("$name", ({ known, ...space }) => {
    const graph = graphOf(instanceOf(space));
    const { states, edges, level, instance } = graph;
    const broken = new Map(
      instance.properties
        .map((p) => [p.name, naiveVerdict(graph, p)] as const)
        .filter(([, { verdict }]) => verdict === "violated"),
    );
    expect([states.length, edges.length, level.at(-1)]).toEqual([
      known.states,
      known.transitions,
      known.depth,
    ]);
    expect([...broken.keys()].join(", ")).toBe(names(known.violated));
  });
});

it("of every shipped scenario something is known", async () => {
  const known = new Set(
    STATE_SPACES.map(({ model, options }) => `${model.name} ${options.scenario}`),
  );
  const shipped = await Promise.all([...MODELS.values()].map((load) => load()));
  const scenarios = shipped.flatMap(({ default: model }) =>
    model.scenarios.map(({ name }) => `${model.name} ${name}`),
  );
  expect(scenarios.filter((scenario) => !known.has(scenario))).toEqual([]);
});
