/** Every combination of models, parameters and failures, each once, in the order in which it was asked for. */
import { createHash } from "node:crypto";
import {
  Mistake,
  type Model,
  mistake,
  type ParameterValue,
  type ParameterValues,
  parameterValues,
} from "../../model/index.js";
import { setUp } from "../build.js";
import { choose } from "../scenario.js";
import type { Cell } from "./cell.js";
import {
  type Axes,
  type Limits,
  type MatrixRequest,
  mustBeFew,
  mustBeTaken,
  mustDiffer,
} from "./request.js";

export interface PlannedModel {
  readonly name: string;
  readonly title: string;
  readonly word: string;
  readonly code: string;
}

export interface Plan {
  /** Equal plans of equal code have equal names. */
  readonly id: string;
  readonly limits: Limits;
  readonly models: readonly PlannedModel[];
  readonly cells: readonly Cell[];
}

type Setting = Omit<Cell, "index">;

interface Candidate {
  readonly setting: Setting;
  /** The failures as they were given. */
  readonly text: string;
  readonly refusedBy: Mistake | null;
}

/**
 * @throws Mistake for what no model at all knows: a parameter, one of its values, failures, a property;
 *   where not a single cell applies; for two models of one name; for more cells than anybody would read
 */
export function planMatrix(request: MatrixRequest): Plan {
  const { models, faults = [""], parameters = {}, properties = null } = request;
  const limits: Limits = {
    maxStates: request.maxStates ?? null,
    timeoutSeconds: request.timeoutSeconds ?? null,
  };
  mustDiffer(models);
  mustBeTaken(models, parameters);
  mustBeFew(models, parameters, faults.length);
  const candidates = models.flatMap(({ model }) =>
    combinations(model, parameters).flatMap((given) =>
      faults.map((text) => judge(model, given, text, properties)),
    ),
  );
  for (const text of faults) mustBeUnderstood(candidates.filter((each) => each.text === text));
  mustBeSome(candidates);
  const distinct = new Map(candidates.map(({ setting }) => [keyOf(setting), setting]));
  mustBeHad(properties, [...distinct.values()]);
  return withId({
    limits,
    models: models.map(({ model, word, code }) => ({
      name: model.name,
      title: model.title,
      word: word ?? model.name,
      code: code ?? "",
    })),
    cells: [...distinct.values()].map((setting, index) => ({ index, ...setting })),
  });
}

/** The plan under its name, which depends on all that the results do. */
export function withId({ limits, models, cells }: Omit<Plan, "id">): Plan {
  const code = models.map(({ name, code }) => [name, code]);
  return { id: digest([limits, code, cells]), limits, models, cells };
}

/** A short name for data, the same for the same data. */
export function digest(data: unknown): string {
  return createHash("sha256").update(JSON.stringify(data)).digest("hex").slice(0, 16);
}

function judge(
  model: Model,
  given: ParameterValues,
  text: string,
  wanted: readonly string[] | null,
): Candidate {
  const plain = !model.takesFaults;
  const setting: Setting = {
    model: model.name,
    parameters: { ...defaultsOf(model), ...given },
    faults: plain && isNothing(text) ? null : text || "none",
    scenario: null,
    properties: [],
    refusal: null,
  };
  try {
    const faults = plain && isNothing(text) ? {} : { faults: text };
    const chosen = choose(model, {
      parameters: parameterValues(model.parameters, setting.parameters),
      ...faults,
    });
    const instance = setUp(model, chosen);
    const names = instance.properties.map(({ name }) => name);
    const properties = names.filter((name) => wanted === null || wanted.includes(name));
    const decided: Setting = {
      ...setting,
      parameters: chosen.parameters,
      faults: instance.faults,
      scenario: chosen.scenario?.name ?? null,
      properties,
    };
    const refusal =
      wanted !== null && properties.length === 0 ? `it has no property ${wanted.join(", ")}` : null;
    return { setting: { ...decided, refusal }, text, refusedBy: null };
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    // Any other mistake is its author's, and is told when the cell is run.
    if (!/^(faults|parameter)-/.test(error.code)) return { setting, text, refusedBy: null };
    const refusal = error.where ? `${error.what} (${error.where})` : error.what;
    return { setting: { ...setting, refusal }, text, refusedBy: error };
  }
}

/** What a plain transition system takes: that nothing fails. */
const isNothing = (text: string) => text.trim() === "" || text.trim() === "none";

const defaultsOf = ({ parameters }: Model): ParameterValues =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, declared]) => [name, declared.default]),
  );

const keyOf = ({ model, parameters, faults }: Setting) =>
  JSON.stringify([model, Object.entries(parameters), faults]);

/** The values of the parameters that a model has, the last varying fastest. */
function combinations(model: Model, axes: Axes): ParameterValues[] {
  let all: ParameterValues[] = [{}];
  for (const name of Object.keys(model.parameters)) {
    const values = axes[name] as readonly ParameterValue[] | undefined;
    if (values !== undefined)
      all = all.flatMap((given) => values.map((value) => ({ ...given, [name]: value })));
  }
  return all;
}

/** Failures that no model can read in any of its settings are no setting, but a slip. */
function mustBeUnderstood(candidates: readonly Candidate[]): void {
  const judged = candidates.filter(({ refusedBy }) => !refusedBy?.code.startsWith("parameter-"));
  const errors = judged.map(({ refusedBy }) => refusedBy);
  if (judged.length === 0 || errors.some((error) => error?.code !== "faults-syntax")) return;
  // A protocol can say more of what is wrong than a model that takes no failures at all.
  throw errors.find((error) => error!.where !== null) ?? errors[0];
}

/** A matrix in which nothing applies would look like one in which all is well. */
function mustBeSome(candidates: readonly Candidate[]): void {
  const [first] = candidates;
  if (first && candidates.every(({ refusedBy }) => refusedBy !== null)) throw first.refusedBy;
}

function mustBeHad(wanted: readonly string[] | null, settings: readonly Setting[]): void {
  const lost = wanted?.find(
    (name) => !settings.some(({ properties }) => properties.includes(name)),
  );
  const judged = settings.some(({ properties }) => properties.length > 0);
  if (lost !== undefined && (judged || settings.every(({ refusal }) => refusal !== null)))
    throw mistake("property-unknown", {
      what: `no model has a property "${lost}" in a setting that it takes`,
    });
}
