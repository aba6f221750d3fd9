import type { Explorer } from "../engine/explorer.js";
import { type PathStep, pathTo } from "../engine/path.js";
import type { Effect } from "../model/effects.js";
import type { StepEvent } from "../model/index.js";
import type { Instance } from "../model/instance.js";
import type { Trace, TraceStep } from "./result.js";

/** The way to a state, told. */
export function traceTo(explorer: Explorer, config: unknown, state: number): Trace {
  return told(explorer, config, pathTo(explorer, state));
}

/** The way to a state and one step beyond it. */
export function traceThrough(
  explorer: Explorer,
  config: unknown,
  step: { readonly state: number; readonly instance: Instance; readonly effect: Effect },
): Trace {
  const path = pathTo(explorer, step.state);
  const vector = explorer.program.apply(step.effect, path.at(-1)!.vector);
  return told(explorer, config, [...path, { instance: step.instance, vector }]);
}

function told({ program }: Explorer, config: unknown, path: readonly PathStep[]): Trace {
  const trace: TraceStep[] = [];
  for (const { instance, vector } of path) {
    const state = program.state(vector);
    const before = trace.at(-1)?.state;
    const events: readonly StepEvent[] =
      (before
        ? instance?.action.tell?.(before, state, instance.who, config)
        : program.system.tellInitial?.(state, config)) ?? [];
    trace.push({ action: instance?.label ?? null, state, events });
  }
  return trace;
}
