import type { Property, Scenario } from "../model/index.js";
import type { Program } from "../model/program.js";
import type { Warning } from "./result.js";

/**
 * Actions that no reachable state enabled, and failures that were allowed and never happened: a property
 * may hold for no better reason. By name: an action with several actors counts if any could take it.
 */
export function vacuity({ instances }: Program): Warning[] {
  const taken = new Map<string, { kind: string; ever: boolean }>();
  for (const { action, everEnabled } of instances) {
    const known = taken.get(action.name);
    if (known) known.ever ||= everEnabled;
    else taken.set(action.name, { kind: action.kind, ever: everEnabled });
  }
  return [...taken]
    .filter(([, { ever }]) => !ever)
    .map(([name, { kind }]) =>
      kind === "failure"
        ? {
            code: "failure-never-taken",
            message: `the failure ${name} is allowed, and never happened in any reachable state`,
          }
        : {
            code: "action-never-enabled",
            message: `the action ${name} has no step in any reachable state`,
          },
    );
}

/** Expectations of properties that the model does not have: a misspelt name would never be noticed. */
export function ofNothing(
  { name, expected }: Scenario,
  properties: readonly Property[],
): Warning[] {
  return Object.keys(expected ?? {})
    .filter((property) => !properties.some((known) => known.name === property))
    .map((property) => ({
      code: "expectation-of-nothing",
      message: `scenario ${name} says what to expect of ${property}, which is no property of the model`,
    }));
}
