import {
  type Choice,
  type Instance,
  Mistake,
  type Model,
  mistake,
  parameterValues,
} from "../model/index.js";

/**
 * The model with its parameters and failures fixed, its declarations looked over.
 * @throws Mistake (set-up-threw, declaration-wrong, and what the model itself finds wrong)
 */
export function build(model: Model, choice: Choice): Instance {
  mustDeclareWell(model);
  const instance = setUp(model, choice);
  const { initial, actions } = instance.system;
  const lists = { initial, actions, properties: instance.properties };
  for (const [name, list] of Object.entries(lists))
    if (!Array.isArray(list)) throw wrong(`\`${name}\` is ${String(list)}, and not an array`);
  const names = instance.properties.map(({ name }) => name);
  mustBeUnique("two properties are called", names);
  return instance;
}

/** What a model throws while it is set up is its author's to mend. */
export function setUp(model: Model, choice: Choice): Instance {
  try {
    return model.instantiate(choice);
  } catch (error) {
    if (error instanceof Mistake) throw error;
    throw mistake("set-up-threw", {
      what: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      where: model.name,
      cause: error,
    });
  }
}

function mustDeclareWell({ parameters, scenarios }: Model): void {
  const defaults = Object.entries(parameters).map(([name, declared]) => [name, declared.default]);
  parameterValues(parameters, Object.fromEntries(defaults));
  mustBeUnique(
    "two scenarios are called",
    scenarios.map(({ name }) => name),
  );
}

/** @throws Mistake (declaration-wrong) */
export function mustBeUnique(what: string, names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw wrong(`${what} "${twice}"`);
}

const wrong = (what: string, where?: string) =>
  mistake("declaration-wrong", { what, ...(where === undefined ? {} : { where }) });
