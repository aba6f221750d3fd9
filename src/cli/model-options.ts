/** The options that choose what of a model is searched: its parameters, a scenario, failures, limits. */
import type { SearchOptions } from "../check/index.js";
import type { Model } from "../model/index.js";
import type { Given } from "./given.js";
import { limitsOf } from "./limits.js";
import { UsageError } from "./usage.js";

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
    ...limitsOf(given),
  });
}

/** Without what was not given, so that each default is in one place, the checker's. */
export function defined<T extends object>(
  options: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as never;
}
