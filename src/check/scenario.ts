import {
  type ExpectedVerdict,
  Mistake,
  type Model,
  mistake,
  type ParameterValues,
  parameterValues,
  type Scenario,
} from "../model/index.js";
import { setUp } from "./build.js";
import type { SearchOptions } from "./options.js";

/** What is to be checked: every parameter has a value, and the failures are settled. */
export interface Chosen {
  readonly scenario: Scenario | null;
  readonly parameters: ParameterValues;
  readonly faults: string | null;
  expected(property: string): ExpectedVerdict;
}

/**
 * Settles the scenario. One that is named fixes its parameters and failures; only its sizes may be given
 * besides. Without a name it is the first scenario that agrees with everything given. Where none does,
 * there is no scenario: parameters are as given or default, and every property is expected to hold.
 *
 * @throws Mistake (scenario-unknown, parameter-unknown, parameter-range, faults-syntax)
 */
export function choose(
  model: Model,
  { scenario: name, parameters: given = {}, faults }: SearchOptions,
): Chosen {
  if (faults !== undefined && !model.takesFaults)
    throw mistake("faults-syntax", {
      what: `${model.name} is a plain transition system: nothing around it can be made to fail`,
    });
  const values = parameterValues(model.parameters, given);
  const named = Object.fromEntries(
    Object.keys(given)
      .filter((key) => given[key] !== undefined)
      .map((key) => [key, values[key]!]),
  );
  if (name === undefined) {
    const scenario = model.scenarios.find((candidate) => agrees(model, candidate, named, faults));
    return settled(model, scenario ?? null, named, faults);
  }
  const scenario = model.scenarios.find((candidate) => candidate.name === name);
  if (!scenario)
    throw mistake("scenario-unknown", {
      what: `${model.name} has no scenario "${name}"`,
      where: `it has ${model.scenarios.map((known) => known.name).join(", ")}`,
    });
  if (agrees(model, scenario, named, faults)) return settled(model, scenario, named, faults);
  // What was given leaves the scenario: it is where the rest comes from, and nothing is known in advance.
  const chosen = settled(model, scenario, named, faults);
  return { ...chosen, scenario: null, expected: () => "holds" };
}

function agrees(
  model: Model,
  scenario: Scenario,
  named: ParameterValues,
  faults: string | undefined,
): boolean {
  const isOfScenario = Object.entries(named).every(
    ([key, value]) =>
      scenario.sizes?.includes(key) ||
      (scenario.parameters?.[key] ?? model.parameters[key]!.default) === value,
  );
  return isOfScenario && (faults === undefined || sameFaults(model, scenario, named, faults));
}

/** Written differently, the failures may still be the same: the model's own canonical form decides. */
function sameFaults(
  model: Model,
  scenario: Scenario,
  named: ParameterValues,
  faults: string,
): boolean {
  const parameters = parameterValues(model.parameters, { ...scenario.parameters, ...named });
  const canonical = (text: string) => setUp(model, { parameters, faults: text }).faults;
  try {
    return canonical(faults) === canonical(scenario.faults ?? "");
  } catch (error) {
    // Failures that make no sense here, of a process that a smaller system has not, may elsewhere.
    if (error instanceof Mistake) return false;
    throw error;
  }
}

function settled(
  model: Model,
  scenario: Scenario | null,
  named: ParameterValues,
  faults: string | undefined,
): Chosen {
  return {
    scenario,
    parameters: parameterValues(model.parameters, { ...scenario?.parameters, ...named }),
    faults: model.takesFaults ? (faults ?? scenario?.faults ?? "") : null,
    expected: (property) => scenario?.expected?.[property] ?? "holds",
  };
}
