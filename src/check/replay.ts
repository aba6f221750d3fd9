/**
 * Runs a recorded trace again by the model's own functions alone: no search, no memory of earlier
 * answers. So a trace can be trusted without trusting the search that found it.
 */
import type { Instance, Plain, Property, StateRecord, TransitionSystem } from "../model/index.js";
import type { Trace, TraceStep } from "./result.js";
import { firstOf, nextOf, type Step, stepsFrom } from "./steps.js";

/** A step as it was written to a file. */
export interface RecordedStep {
  /** null for the initial state. */
  readonly action: string | null;
  readonly state: Plain;
}

/** A step that was possible where the recorded one was not. */
export interface Possibility {
  readonly action: string;
  readonly state: StateRecord;
}

export interface Replay {
  /** The steps that could be taken, as the model tells them. */
  readonly trace: Trace;
  /** The first recorded step that the model cannot take; null when all could be taken. */
  readonly impossible: {
    readonly position: number;
    readonly recorded: RecordedStep;
    /** Whether an action of that name is enabled there, only leading elsewhere. */
    readonly enabled: boolean;
    readonly possible: readonly Possibility[];
  } | null;
}

/** One way through the recorded trace; kept as a chain so that ways can share their beginning. */
interface Way {
  readonly state: StateRecord;
  readonly step: Step | null;
  readonly before: Way | null;
}

/**
 * @param encode how the states were written, so that they can be compared with the model's own.
 */
export function replay(
  { system }: Pick<Instance, "system">,
  recorded: readonly RecordedStep[],
  encode: (state: StateRecord) => Plain,
): Replay {
  let ways: readonly Way[] = [];
  for (const [position, { action, state }] of recorded.entries()) {
    const here = JSON.stringify(sorted(state));
    const candidates = position === 0 ? beginnings(system) : continuations(system, ways);
    // What is written does not tell every value from every other (a name from an identity of that
    // name), so more than one state may answer to it: all are followed.
    const matching = candidates.filter(
      (way) =>
        (way.step?.label ?? null) === action && JSON.stringify(sorted(encode(way.state))) === here,
    );
    if (matching.length === 0) {
      return {
        trace: traceOf(system, ways[0] ?? null),
        impossible: {
          position,
          recorded: { action, state },
          enabled: candidates.some((way) => (way.step?.label ?? null) === action),
          possible: candidates.map(({ step, state }) => ({ action: step?.label ?? "", state })),
        },
      };
    }
    ways = matching;
  }
  return { trace: traceOf(system, ways[0] ?? null), impossible: null };
}

function beginnings({ initial }: TransitionSystem): Way[] {
  return initial.map((state) => ({ state, step: null, before: null }));
}

function continuations(system: TransitionSystem, ways: readonly Way[]): Way[] {
  return ways.flatMap((before) =>
    stepsFrom(system, before.state).map((step) => ({ state: step.next, step, before })),
  );
}

function traceOf(system: TransitionSystem, last: Way | null): Trace {
  const trace: TraceStep[] = [];
  for (let way = last; way !== null; way = way.before)
    trace.unshift(
      way.before
        ? nextOf(system, way.before.state, way.state, way.step)
        : firstOf(system, way.state),
    );
  return trace;
}

/** The same data with the names of every object in order, so that two writers can be compared. */
function sorted(plain: Plain): Plain {
  if (plain === null || typeof plain !== "object") return plain;
  if (Array.isArray(plain)) return (plain as readonly Plain[]).map(sorted);
  const entries = Object.entries(plain as Readonly<Record<string, Plain>>);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, sorted(part)]),
  );
}

/**
 * Whether a trace shows by itself what its property is said to give; null where that takes a search
 * (that a goal is out of reach cannot be seen from one trace).
 */
export function traceShows(
  { system }: Pick<Instance, "system">,
  property: Property,
  trace: Trace,
): boolean | null {
  const last = trace.at(-1)?.state;
  const previous = trace.at(-2)?.state;
  if (last === undefined) return false;
  switch (property.kind) {
    case "always":
      return !property.claim(last);
    case "sometimes":
      return property.claim(last);
    case "alwaysStep":
      return (
        previous !== undefined &&
        (property.by ?? [undefined]).some((who) => !property.claim(previous, last, who))
      );
    case "noDeadlock":
      return stepsFrom(system, last).length === 0 && !property.final(last);
    case "alwaysPossible":
      return (property.by ?? [undefined]).every((who) => property.goal(last, who)) ? false : null;
  }
}
