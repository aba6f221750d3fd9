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

/** What a step's action tells of it; nothing when it has nothing to tell. */
export function tellStep(
  { config }: TransitionSystem,
  before: StateRecord,
  { action, who, next }: Step,
): readonly StepEvent[] {
  return action.tell?.(before, next, who, config) ?? [];
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
