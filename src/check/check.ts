import { greatestLevel } from "../engine/graph.js";
import { type Instance, type Model, mistake, type Property } from "../model/index.js";
import { build } from "./build.js";
import { NO_NEAREST, nearestGood, nearestOf } from "./nearest.js";
import type { CheckOptions } from "./options.js";
import type { CheckResult, PropertyResult } from "./result.js";
import { choose } from "./scenario.js";
import { Search } from "./search.js";
import { ofNothing, vacuity } from "./vacuity.js";
import { ask, type Finding } from "./verify.js";

/**
 * Searches the model's state space and answers its properties.
 *
 * Nothing that happens during the search is lost: a limit, an interruption or a mistake in the model
 * ends it, and the result holds what was found until then, with `undecided` where nothing was.
 *
 * @throws Mistake when the search cannot begin: a wrong parameter, scenario, property or failure, or a
 *   model whose initial state is none
 */
export async function check(model: Model, options: CheckOptions = {}): Promise<CheckResult> {
  const started = performance.now();
  const chosen = choose(model, options);
  const instance = build(model, chosen);
  const properties = selected(model, instance, options.properties);
  const exhaust =
    properties.length === 0 || properties.some(({ kind }) => kind === "alwaysPossible");
  const search = new Search({ model, chosen, instance, started }, options, exhaust);
  const { explorer, program } = search;
  const questions = ask(explorer, properties, search.budget);
  await search.run();

  const findings: Finding[] = [];
  for (const question of questions)
    findings.push(await search.finish(question.answer(), UNDECIDED));
  let { depth } = explorer;
  if (explorer.end === "complete" && explorer.search === "dfs")
    depth = await search.finish(greatestLevel(explorer), depth);

  // Last of all: it may bring the program values that the store has no room for.
  const results: PropertyResult[] = [];
  for (const [i, { property }] of questions.entries()) {
    const { refutation, ...finding } = findings[i]!;
    const { name, kind, claims = null } = property;
    const looking =
      refutation && nearestGood(program, property, instance.properties, refutation, search.budget);
    const nearest = looking
      ? await nearestOf(looking, () => search.stoppedBy ?? search.reasonToStop())
      : NO_NEAREST;
    results.push({ name, kind, claims, expected: chosen.expected(name), ...finding, ...nearest });
  }

  return {
    ...search.result(),
    depth,
    properties: results,
    warnings: [
      ...(chosen.scenario ? ofNothing(chosen.scenario, instance.properties) : []),
      ...(explorer.end === "complete" ? vacuity(program) : []),
    ],
  };
}

const UNDECIDED: Finding = {
  verdict: "undecided",
  trace: null,
  witness: null,
  shortest: false,
  explanation: [],
  caughtIn: null,
  causes: null,
  refutation: null,
};

function selected(
  model: Model,
  { properties }: Instance,
  names: readonly string[] | undefined,
): readonly Property[] {
  if (names === undefined) return properties;
  for (const name of names)
    if (!properties.some((property) => property.name === name))
      throw mistake("property-unknown", {
        what: `${model.name} has no property "${name}"`,
        where: `it has ${properties.map((property) => property.name).join(", ")}`,
      });
  return properties.filter(({ name }) => names.includes(name));
}
