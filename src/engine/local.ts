/** Steps and claims one state at a time, beside the store: for questions about a few states near a trace. */
import type { Claim } from "../model/claim.js";
import type { Instance } from "../model/instance.js";
import type { Program, Vector } from "../model/program.js";
import { LEAF } from "../model/tree.js";

export interface LocalStep {
  readonly instance: Instance;
  readonly vector: Vector;
}

/**
 * Every step from a state, in the order of the instances. The model is asked only where it has not been.
 * @throws Mistake from the model
 */
export function stepsAt(program: Program, vector: Vector): LocalStep[] {
  const steps: LocalStep[] = [];
  for (let k = 0; k < program.instances.length; k++) {
    const instance = program.instances[k]!;
    for (const next of outcomes(program, instance, vector)) steps.push({ instance, vector: next });
  }
  return steps;
}

function outcomes(program: Program, instance: Instance, vector: Vector): readonly Vector[] {
  for (;;) {
    const branch = instance.tree.find(vector, vector);
    const known = branch.kind === LEAF ? branch : program.evaluate(instance, vector);
    const updates = known.outcome!.flatMap(({ updates }) => [...updates]);
    const knowsAll = updates.every(([variable, table]) => {
      const id = vector[variable] ?? 0;
      return table.to[id] !== undefined || program.learn(instance, table, id, vector);
    });
    if (knowsAll) return known.outcome!.map((effect) => program.apply(effect, vector));
  }
}

/** @throws Mistake from the claim */
export function holdsAt(program: Program, claim: Claim, vector: Vector): boolean {
  const branch = claim.tree.find(vector, vector);
  return branch.kind === LEAF ? branch.outcome! : program.evaluateClaim(claim, vector);
}

/** The same text for the same state: a variable beyond the end of a vector is absent, which is its id 0. */
export function keyOf(vector: Vector): string {
  let { length } = vector;
  while (length > 0 && vector[length - 1] === 0) length--;
  return Array.prototype.slice.call(vector, 0, length).join();
}
