import type { Claim } from "./claim.js";
import type { Effect } from "./effects.js";
import { type Branch, LEAF, NODE, PENDING } from "./tree.js";

/**
 * Which claims about steps must be asked of which effects.
 *
 * A step that changes nothing of what a claim reads is, to that claim, a step that changes nothing; the
 * engine asks that once per state. Of the others, many are settled by what is known where the effect
 * stands (a working manager prepares: it had not decided). Only the rest are asked for every step.
 */
export class StepClaims {
  readonly claims: Claim[] = [];
  readonly #toAsk = new Map<Effect, Claim[]>();
  readonly #facts = new Map<Effect, ReadonlyMap<number, number>>();
  /** How many variables each claim's tree read when the effects were last decided. */
  readonly #support = new Map<Claim, number>();

  /** The claims to ask of each step that has this effect. */
  toAsk(effect: Effect): readonly Claim[] {
    return this.#toAsk.get(effect) ?? NONE;
  }

  /** @param facts the ids of the variables that are known wherever this effect stands */
  add(effect: Effect, facts: ReadonlyMap<number, number>): void {
    if (this.claims.length === 0 || this.#facts.has(effect)) return;
    this.#facts.set(effect, facts);
    this.#decide(effect, facts);
  }

  /**
   * A claim was asked of a step with this effect, so its tree may settle the effect from now on.
   * @returns whether what is to be asked has changed
   */
  asked(claim: Claim, effect: Effect): boolean {
    const facts = this.#facts.get(effect);
    if (!facts || this.#mustAsk(claim, effect, facts)) return false;
    const others = this.toAsk(effect).filter((other) => other !== claim);
    this.#toAsk.set(effect, others);
    return true;
  }

  /** Decides afresh where a claim reads more variables than it was known to. */
  refresh(): boolean {
    const grown = this.claims.filter(
      (claim) => (this.#support.get(claim) ?? 0) !== claim.tree.variables.size,
    );
    if (grown.length === 0) return false;
    for (const claim of grown) this.#support.set(claim, claim.tree.variables.size);
    for (const [effect, facts] of this.#facts) this.#decide(effect, facts);
    return true;
  }

  #decide(effect: Effect, facts: ReadonlyMap<number, number>): void {
    const toAsk = this.claims.filter(
      (claim) => !claim.decided && this.#mustAsk(claim, effect, facts),
    );
    this.#toAsk.set(effect, toAsk);
  }

  #mustAsk(claim: Claim, effect: Effect, facts: ReadonlyMap<number, number>): boolean {
    const touches = (variable: number) =>
      effect.updates.has(variable) ||
      (effect.sets.has(variable) && effect.sets.get(variable) !== facts.get(variable));
    // A claim that nobody has asked yet reads nobody knows what.
    if (claim.tree.root.kind === PENDING) return true;
    if (![...claim.tree.variables].some(touches)) return false;
    return !settled(claim.tree.root, effect, facts);
  }
}

const NONE: readonly Claim[] = [];

/** Whether the claim is true of every step with this effect, by what is known there. */
function settled(
  root: Branch<boolean>,
  effect: Effect,
  facts: ReadonlyMap<number, number>,
): boolean {
  let branch: Branch<boolean> | undefined = root;
  while (branch?.kind === NODE) {
    const variable = branch.slot >> 1;
    const after = (branch.slot & 1) === 1;
    let id = facts.get(variable);
    if (after && effect.updates.has(variable)) return false;
    if (after && effect.sets.has(variable)) id = effect.sets.get(variable);
    if (id === undefined) return false;
    branch = branch.edges[id];
  }
  return branch?.kind === LEAF && branch.outcome === true && branch.populations.length === 0;
}
