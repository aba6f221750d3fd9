/** The steps of a transition system from one state, by calling the model's own functions. */
import { isMap } from "immutable";
import {
  type Action,
  actionLabel,
  type MembersOf,
  type Quantifier,
  type StateRecord,
  type StepEvent,
  type TransitionSystem,
} from "../model/index.js";
import type { TraceStep } from "./result.js";

export interface Step {
  readonly action: Action;
  readonly who: unknown;
  /** As in a trace: `RMPrepare(rm1)`. */
  readonly label: string;
  readonly next: StateRecord;
}

/** Every step from `state`, in the order of the actions; nothing is remembered between calls. */
export function stepsFrom({ actions, config }: TransitionSystem, state: StateRecord): Step[] {
  return actions.flatMap((action) =>
    actorsOf(action.by, state, config)
      .filter((who) => action.when(state, who, config))
      .flatMap((who) => {
        const label = actionLabel(action, who, config);
        const next = action.then(state, who, config);
        const states = Array.isArray(next) ? (next as StateRecord[]) : [next as StateRecord];
        return states.map((next) => ({ action, who, label, next }));
      }),
  );
}

function traceStep(
  { config, underWay }: TransitionSystem,
  state: StateRecord,
  step: Pick<Step, "action" | "who" | "label"> | null,
  events: readonly StepEvent[],
): TraceStep {
  return {
    action: step?.label ?? null,
    state,
    events,
    ...(underWay ? { underWay: underWay(state, config) } : {}),
  };
}

/** The initial state as the first of a trace. */
export function firstOf(system: TransitionSystem, state: StateRecord): TraceStep {
  return traceStep(system, state, null, system.tellInitial?.(state, system.config) ?? []);
}

/** What follows in a trace upon `before`; `step` is null where nobody knows which it was. */
export function nextOf(
  system: TransitionSystem,
  before: StateRecord,
  state: StateRecord,
  step: Pick<Step, "action" | "who" | "label"> | null,
): TraceStep {
  const events = step?.action.tell?.(before, state, step.who, system.config) ?? [];
  return traceStep(system, state, step, events);
}

function actorsOf(
  by: Quantifier<StateRecord, unknown, unknown> | null,
  state: StateRecord,
  config: unknown,
): unknown[] {
  if (by === null) return [undefined];
  if (typeof by === "function") return [...by(config)];
  if (!isMembersOf(by)) return [...by];
  const collection = by.membersOf(state);
  return isMap(collection) ? [...collection.keys()] : [...(collection as Iterable<unknown>)];
}

function isMembersOf<S, A>(by: Quantifier<S, unknown, A>): by is MembersOf<S, A> {
  return "membersOf" in by;
}
