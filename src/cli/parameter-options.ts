import type { Options } from "yargs";
import type { Model } from "../model/index.js";
import { parameterText } from "../report/index.js";
import { UsageError } from "./usage.js";

/** A model's parameters as options of a command beside its own. */
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
