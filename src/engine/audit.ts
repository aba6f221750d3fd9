import type { Claim } from "../model/claim.js";
import type { Program } from "../model/program.js";
import type { Expander } from "./expander.js";

export type AuditLevel = "off" | "sample" | "all";

/** At most this many calls of the model go into the default sample. */
const SAMPLE_CALLS_MAX = 400;
const SAMPLE_INSTANCES = 12;

/**
 * Calls the model's functions again where their answer is remembered, and compares: an impure function is
 * not slow under memoisation but wrong. The sample looks at states ever further apart.
 */
export class Audit {
  readonly #level: AuditLevel;
  readonly #program: Program;
  readonly #expander: Expander;
  #calls = 0;
  #next = 0;

  constructor(level: AuditLevel, program: Program, expander: Expander) {
    this.#level = level;
    this.#program = program;
    this.#expander = expander;
  }

  /** @throws Mistake (impure) */
  look(state: number, asked: readonly { readonly claim: Claim }[]): void {
    if (this.#level === "off") return;
    const { instances } = this.#program;
    if (this.#level === "all") this.#compare(state, 0, instances.length, asked);
    else if (state >= this.#next && this.#calls < SAMPLE_CALLS_MAX) {
      this.#next = state * 2 + 1;
      const before = this.#program.modelCalls;
      this.#compare(state, state, Math.min(SAMPLE_INSTANCES, instances.length), asked);
      this.#calls += this.#program.modelCalls - before;
    }
  }

  #compare(
    state: number,
    from: number,
    count: number,
    asked: readonly { readonly claim: Claim }[],
  ): void {
    const { instances } = this.#program;
    for (let i = 0; i < count; i++)
      this.#expander.audit(instances[(from + i) % instances.length]!, state);
    for (const { claim } of asked) this.#expander.auditClaim(claim, state);
  }
}
