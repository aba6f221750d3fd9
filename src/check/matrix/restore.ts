import { type Model, mistake, toPlain } from "../../model/index.js";
import { setUp } from "../build.js";
import { replay } from "../replay.js";
import type { CheckResult, PropertyResult } from "../result.js";
import type { Cell, CellProperty, CellResult } from "./cell.js";

/** As much of a check's result as its counterexamples are told from. */
export type ToldResult = Pick<
  CheckResult,
  "model" | "title" | "scenario" | "summary" | "parameters" | "faults" | "lanes" | "properties"
>;

/**
 * A cell's result with traces of real states: they are run again by the model's own functions.
 * @throws Mistake (trace-not-read) when the model, being another by now, cannot take them
 */
export function restored(model: Model, cell: Cell, result: CellResult): ToldResult {
  const { parameters, scenario } = cell;
  const faults = model.takesFaults ? cell.faults : null;
  const instance = setUp(model, { parameters, faults });
  const again = ({ trace, steps: _, ...property }: CellProperty): PropertyResult => {
    const run = replay(instance, trace ?? [], toPlain);
    if (run.impossible !== null)
      throw mistake("trace-not-read", {
        what: `step ${run.impossible.position} of ${property.name} cannot be taken`,
        where: `${model.name} is another model now`,
      });
    return {
      ...property,
      expected: property.expected ?? "holds",
      trace: trace && run.trace,
      witness: null,
      nearestGood: null,
    };
  };
  return {
    model: model.name,
    title: model.title,
    scenario,
    summary: model.scenarios.find(({ name }) => name === scenario)?.summary ?? null,
    parameters,
    faults: instance.faults,
    lanes: instance.lanes,
    properties: result.properties.map(again),
  };
}
