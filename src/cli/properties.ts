import { setUp } from "../check/index.js";
import { type Model, type Property, parameterValues } from "../model/index.js";

/** The properties of a model, as its first scenario has them. */
export function propertiesOf(model: Model): readonly Property[] {
  const [first] = model.scenarios;
  return setUp(model, {
    parameters: parameterValues(model.parameters, first?.parameters ?? {}),
    faults: first?.faults ?? null,
  }).properties;
}
