import type { Instance } from "../model/instance.js";
import type { Program, Vector } from "../model/program.js";
import type { Explorer } from "./explorer.js";
import { NO_PARENT } from "./store.js";

/** One step of a path: the state after it and the instance taken, null for the path's first state. */
export interface PathStep {
  readonly instance: Instance | null;
  readonly vector: Vector;
}

/** The way from an initial state on which a state was first reached. */
export function pathTo({ store, expander, program }: Explorer, state: number): PathStep[] {
  const indices = [state];
  for (let at = store.parent(state); at !== NO_PARENT; at = store.parent(at)) indices.push(at);
  indices.reverse();
  let before: Vector | null = null;
  return indices.map((index) => {
    const vector = expander.vector(index);
    const instance = before && instanceBetween(program, before, vector);
    before = vector;
    return { instance, vector };
  });
}

/** The first instance that leads from one state to the other. */
function instanceBetween(program: Program, before: Vector, after: Vector): Instance | null {
  for (const instance of program.instances) {
    const { outcome } = instance.tree.find(before, before);
    if (outcome?.some((effect) => sameState(program.apply(effect, before), after))) return instance;
  }
  return null;
}

/** A variable beyond the end of a vector is absent, which is its id 0. */
function sameState(a: Vector, b: Vector): boolean {
  const length = Math.max(a.length, b.length);
  for (let v = 0; v < length; v++) if ((a[v] ?? 0) !== (b[v] ?? 0)) return false;
  return true;
}
