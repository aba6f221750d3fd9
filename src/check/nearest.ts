/** The run that follows a counterexample as long as possible, and then ends well: where the two part. */
import { setImmediate as breathe } from "node:timers/promises";
import { holdsAt, keyOf, stepsAt } from "../engine/local.js";
import type { PathStep } from "../engine/path.js";
import { type Budget, OutOfMemory } from "../engine/words.js";
import { type AlwaysPossible, Mistake, type Property, type StateRecord } from "../model/index.js";
import type { Program, Vector } from "../model/program.js";
import type { PropertyResult, StoppedBy } from "./result.js";
import { told } from "./trace.js";
import type { Refutation } from "./verify.js";

export type Nearest = Pick<PropertyResult, "nearestGood" | "nearestNote">;

/** So many states are looked at, over all of the places where the runs might part. */
const NEAREST_STATES_MAX = 30_000;

/** A run beyond the counterexample, kept as a chain so that runs can share their beginning. */
interface Way extends PathStep {
  readonly before: Way | null;
  readonly failures: number;
  readonly steps: number;
}

/**
 * Where the runs may part. Of equally near ones that is preferred in which the same thing is done at first as
 * in the counterexample, with another outcome.
 */
type Start = PathStep;

/** What it takes for a run to end well. */
interface Goal {
  /** Whether a step may be taken; the counterexample's last one may not. */
  readonly allows: (before: Vector, step: PathStep) => boolean;
  readonly isReached: (vector: Vector, isEnd: boolean) => boolean;
  /** As good as it gets for the one whom the counterexample is about, should it not be for everybody. */
  readonly isReachedByOne: ((vector: Vector) => boolean) | null;
}

/**
 * Of the runs that part from the counterexample as late as possible, one with the fewest further failures,
 * and among those the fewest steps.
 *
 * - Where a goal must remain possible: by the steps that are to make it so, to a state where it holds
 *   for everybody, or else for the one who is stuck.
 * - Otherwise: without violating the property on the way, to a state where all goals hold that the model
 *   says must remain possible (everybody has decided); in a model without such goals, to the end of the run.
 *
 * @param properties all of the model's
 * @yields now and then
 * @throws Mistake from the model, OutOfMemory
 */
export function* nearestGood(
  program: Program,
  property: Property,
  properties: readonly Property[],
  { path, whose }: Refutation,
  budget: Budget,
): Generator<void, Nearest> {
  const goal = goalOf(program, property, properties, whose[0]);
  // From none of these can a good end be reached: no use in trying again from an earlier place.
  const hopeless = new Set<string>();
  for (let parts = path.length - 2; parts >= 0; parts--) {
    const [here, next] = [path[parts]!, path[parts + 1]!];
    const start: Start = { vector: here.vector, instance: next.instance };
    const way = yield* nearestFrom(program, start, goal, hopeless, budget);
    if (way === "too many") {
      const nearestNote = `none was found among ${NEAREST_STATES_MAX} states`;
      return { nearestGood: null, nearestNote };
    }
    if (way === null) continue;
    const rest: PathStep[] = [];
    for (let at = way; at.before !== null; at = at.before) rest.unshift(at);
    const trace = told(program, [...path.slice(0, parts + 1), ...rest]);
    return { nearestGood: { parts, trace }, nearestNote: null };
  }
  return { nearestGood: null, nearestNote: null };
}

function* nearestFrom(
  program: Program,
  start: Start,
  goal: Goal,
  hopeless: Set<string>,
  budget: Budget,
): Generator<void, Way | "too many" | null> {
  const queue = new Queue();
  queue.add({ ...start, before: null, failures: 0, steps: 0 });
  let byOne: Way | null = null;
  for (let way = queue.next(); way !== null; way = queue.next()) {
    const key = keyOf(way.vector);
    if (hopeless.has(key)) continue;
    hopeless.add(key);
    if (hopeless.size > NEAREST_STATES_MAX) return byOne ?? "too many";
    if (hopeless.size % 256 === 0) {
      budget(0);
      yield;
    }
    const steps = stepsAt(program, way.vector);
    if (way.before === null) steps.sort((a, b) => isSame(start, b) - isSame(start, a));
    if (goal.isReached(way.vector, steps.length === 0)) return way;
    if (goal.isReachedByOne?.(way.vector)) byOne ??= way;
    for (const step of steps)
      if (goal.allows(way.vector, step))
        queue.add({
          ...step,
          before: way,
          failures: way.failures + (step.instance.action.kind === "failure" ? 1 : 0),
          steps: way.steps + 1,
        });
  }
  return byOne;
}

const isSame = (start: Start, { instance }: PathStep) => Number(instance === start.instance);

/** Ways in the order of their failures, then of their steps, then as they came. */
class Queue {
  readonly #waiting: Way[][][] = [];

  add(way: Way): void {
    this.#waiting[way.failures] ??= [];
    const level = this.#waiting[way.failures]!;
    level[way.steps] ??= [];
    level[way.steps]!.push(way);
  }

  #failures = 0;
  #steps = 0;
  #taken = 0;

  next(): Way | null {
    for (; this.#failures < this.#waiting.length; this.#failures++, this.#steps = 0)
      for (
        const level = this.#waiting[this.#failures] ?? [];
        this.#steps < level.length;
        this.#steps++
      ) {
        const way = level[this.#steps]?.[this.#taken++];
        if (way) return way;
        level[this.#steps] = [];
        this.#taken = 0;
      }
    return null;
  }
}

function goalOf(
  program: Program,
  property: Property,
  properties: readonly Property[],
  who: unknown,
): Goal {
  if (property.kind === "alwaysPossible") {
    const { using } = property;
    const everybody = claimsOf(program, property);
    const one = property.by === null ? null : claimsOf(program, { ...property, by: [who] });
    return {
      allows: (_, { instance }) => using === undefined || using(instance!.action),
      isReached: everybody,
      isReachedByOne: one,
    };
  }
  const goals = properties
    .filter((other): other is AlwaysPossible => other.kind === "alwaysPossible")
    .map((other) => claimsOf(program, other));
  const endsWell = (vector: Vector) =>
    property.kind !== "noDeadlock" || property.final(program.state(vector));
  return {
    allows: keeps(program, property),
    isReached: (vector, isEnd) =>
      goals.length > 0 ? goals.every((holds) => holds(vector)) : isEnd && endsWell(vector),
    isReachedByOne: null,
  };
}

/** Whether the goal of each member holds in a state. */
function claimsOf(program: Program, { name, by, goal }: AlwaysPossible) {
  const claims = (by ?? [undefined]).map((who) =>
    program.claim(name, (state) => goal(state as StateRecord, who)),
  );
  return (vector: Vector) => claims.every((claim) => holdsAt(program, claim, vector));
}

/** Whether a step leaves the property intact. */
function keeps(program: Program, property: Property): Goal["allows"] {
  switch (property.kind) {
    case "always": {
      const claim = program.claim(property.name, (s) => property.claim(s as StateRecord));
      return (_, { vector }) => holdsAt(program, claim, vector);
    }
    case "alwaysStep":
      return (before, { vector }) => {
        const [from, to] = [program.state(before), program.state(vector)];
        return (property.by ?? [undefined]).every((who) => property.claim(from, to, who));
      };
    default:
      return () => true;
  }
}

export const NO_NEAREST: Nearest = { nearestGood: null, nearestNote: null };

const NOT_LOOKED_FOR: { readonly [reason in StoppedBy]?: string } = {
  states: "it was not looked for, as the limit on states came first",
  time: "the limit on time came first",
  memory: "memory ran out",
  interrupt: "the check was interrupted",
  mistake: "the model has a mistake",
};

/** Goes through with the search unless there is a reason to stop. A verdict is none the worse without it. */
export async function nearestOf(
  search: Generator<void, Nearest>,
  stopped: () => StoppedBy | null,
): Promise<Nearest> {
  try {
    for (;;) {
      const note = NOT_LOOKED_FOR[stopped() ?? "decided"];
      if (note !== undefined) return { nearestGood: null, nearestNote: note };
      const { done, value } = search.next();
      if (done) return value;
      await breathe();
    }
  } catch (error) {
    if (error instanceof OutOfMemory) return { nearestGood: null, nearestNote: "memory ran out" };
    if (error instanceof Mistake) return { nearestGood: null, nearestNote: error.message };
    throw error;
  }
}
