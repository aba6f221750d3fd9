/** The options that choose what of a model is searched: its parameters, a scenario, failures, limits. */
import type { Options } from "yargs";
import type { SearchOptions } from "../check/index.js";
import type { Model } from "../model/index.js";
import { parameterText } from "../report/index.js";
import type { Given } from "./given.js";
import { UsageError } from "./usage.js";

/** @throws UsageError when a parameter has the name of one of the command's own options */
export function parameterOptions(
  { name: model, parameters }: Model,
  own: Readonly<Record<string, Options>>,
): Record<string, Options> {
  const taken = Object.keys(parameters).find((name) => Object.hasOwn(own, name));
  if (taken !== undefined)
    throw new UsageError(
      `the model ${model} has a parameter with the name of an option: --${taken}`,
    );
  return Object.fromEntries(
    Object.entries(parameters).map(([name, declaration]) => [
      name,
      { describe: parameterText(declaration), group: `Parameters of ${model}:` },
    ]),
  );
}

/** @throws UsageError */
export function searchOptions(given: Given, model: Model): SearchOptions {
  const scenario = given.word(
    "scenario",
    model.scenarios.map(({ name }) => name),
  );
  const faults = given.text("faults");
  if (faults !== undefined && !model.takesFaults)
    throw new UsageError(
      `--faults means nothing to ${model.name}: it is a plain transition system`,
    );
  const parameters = Object.fromEntries(
    Object.keys(model.parameters).flatMap((name) => {
      const value = given.text(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return defined({
    scenario,
    faults,
    parameters,
    maxStates: given.number("max-states", "a whole number of 1 or more", isCount),
    timeoutSeconds: given.number("timeout", "a number of seconds above 0", (n) => n > 0),
  });
}

const isCount = (n: number) => Number.isInteger(n) && n >= 1;

/** Without what was not given, so that each default is in one place, the checker's. */
export function defined<T extends object>(
  options: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as never;
}
