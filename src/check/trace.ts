import type { Explorer } from "../engine/explorer.js";
import { type PathStep, pathTo } from "../engine/path.js";
import type { Effect } from "../model/effects.js";
import type { Instance } from "../model/instance.js";
import type { Program } from "../model/program.js";
import type { Trace, TraceStep } from "./result.js";
import { firstOf, nextOf } from "./steps.js";

/** The way to a state, told. */
export function traceTo(explorer: Explorer, state: number): Trace {
  return told(explorer.program, pathTo(explorer, state));
}

/** The way to a state and one step beyond it. */
export function pathThrough(
  explorer: Explorer,
  step: { readonly state: number; readonly instance: Instance; readonly effect: Effect },
): readonly PathStep[] {
  const path = pathTo(explorer, step.state);
  const vector = explorer.program.apply(step.effect, path.at(-1)!.vector);
  return [...path, { instance: step.instance, vector }];
}

/** A path as a trace. */
export function told(program: Program, path: readonly PathStep[]): Trace {
  const trace: TraceStep[] = [];
  for (const { instance, vector } of path) {
    const state = program.state(vector);
    const before = trace.at(-1)?.state;
    trace.push(
      before === undefined
        ? firstOf(program.system, state)
        : nextOf(program.system, before, state, instance),
    );
  }
  return trace;
}
