import { Map } from "immutable";
import {
  type Allowance,
  ANYBODY,
  allowanceName,
  FAILURE_KINDS,
  type FailureKind,
  type Faults,
  type Setting,
} from "./faults/faults.js";
import type { Process } from "./process/message.js";
import type { Role } from "./process/role.js";
import { NO_VOCABULARY, type Vocabulary } from "./process/vocabulary.js";

/** An allowance under the name by which a state keeps its budget. */
export interface NamedAllowance extends Allowance {
  readonly name: string;
  /** What is in the budget at first; of one without a limit, 1 until it is drawn on. */
  readonly first: number;
}

/** Who takes part, and what may go wrong: all that the lowering knows besides the state. */
export class Configuration {
  readonly roles: readonly Role[];
  /** In the order in which a diagram shows them. */
  readonly processes: readonly Process[];
  readonly allowances: readonly NamedAllowance[];
  readonly setting: Setting;
  readonly vocabulary: Vocabulary;
  readonly #roleOf: Map<Process, Role>;
  readonly #payers: ReadonlyMap<FailureKind, Map<Process, readonly NamedAllowance[]>>;
  readonly #allowed: ReadonlySet<FailureKind>;
  readonly #lasting: ReadonlySet<FailureKind>;

  constructor(
    roles: readonly Role[],
    { allowances, setting }: Faults,
    vocabulary: Vocabulary = NO_VOCABULARY,
  ) {
    this.roles = roles;
    this.processes = roles.flatMap((role) => role.processes);
    this.setting = setting;
    this.vocabulary = vocabulary;
    this.#roleOf = Map(roles.flatMap((role) => role.processes.map((p) => [p, role] as const)));
    this.allowances = allowances.map((allowance) => ({
      ...allowance,
      name: allowanceName(allowance),
      first: this.#firstBudget(allowance),
    }));
    this.#payers = new globalThis.Map(
      FAILURE_KINDS.map((kind) => [
        kind,
        Map(this.processes.map((p) => [p, this.#payersOf(kind, p)] as const)),
      ]),
    );
    this.#allowed = new Set(allowances.map(({ kind }) => kind));
    this.#lasting = new Set(
      allowances.filter(({ budget }) => budget === "permanent").map(({ kind }) => kind),
    );
  }

  roleOf(process: Process): Role {
    return this.#roleOf.get(process)!;
  }

  /**
   * The budgets from which a failure of this process may be paid, the narrowest first. Paying from the
   * narrowest loses no behaviour: it is the one of the least use to others. (Where that is not so, the
   * notation of failures refuses to have several.)
   */
  payers(kind: FailureKind, process: Process): readonly NamedAllowance[] {
    return this.#payers.get(kind)!.get(process)!;
  }

  /** Those to whom it may happen. */
  subjectTo(kind: FailureKind): readonly Process[] {
    return this.processes.filter((p) => this.payers(kind, p).length > 0);
  }

  /** Whether it may happen at all. */
  allows(...kinds: readonly FailureKind[]): boolean {
    return kinds.some((kind) => this.#allowed.has(kind));
  }

  /** Whether such a failure, once there, lasts for good. */
  isLasting(kind: FailureKind): boolean {
    return this.#lasting.has(kind);
  }

  /** Whether some process has a clock. */
  get hasClocks(): boolean {
    return this.roles.some(({ ticks }) => ticks);
  }

  /** Whether the processes go on in rounds, all of them together. */
  get inRounds(): boolean {
    return this.hasClocks && this.setting.time === "rounds";
  }

  /** Whether messages are kept in the order in which they were sent. */
  get inOrder(): boolean {
    return this.setting.links === "fifo";
  }

  /** Whether what has been said must be remembered, so that a liar can say it too. */
  get remembersWords(): boolean {
    return (
      this.vocabulary.messages === null && this.allows("malicious", "forge", "transition", "value")
    );
  }

  /** Whether a message may miss the round in which it is due: where it has one. */
  get mayBeOverdue(): boolean {
    return this.inRounds && this.setting.delay === "bounded" && this.allows("late");
  }

  /** Whether a process may do what no rule of its says, so that nothing can be asked of it. */
  get mayDeviate(): boolean {
    return this.allows("value", "transition", "malicious", "forge");
  }

  #payersOf(kind: FailureKind, process: Process): readonly NamedAllowance[] {
    return [process.name, this.roleOf(process).name, ANYBODY].flatMap((who) =>
      this.allowances.filter((a) => a.kind === kind && a.who === who),
    );
  }

  /** What lasts for good strikes each process once. */
  #firstBudget(allowance: Allowance): number {
    const { budget, atMost } = allowance;
    if (budget === "unlimited") return 1;
    if (budget !== "permanent") return budget;
    const possible = this.processes.filter((p) => this.#isOneOf(p, allowance)).length;
    return Math.min(atMost ?? possible, possible);
  }

  #isOneOf(process: Process, { who }: Allowance): boolean {
    return who === ANYBODY || who === process.name || who === this.roleOf(process).name;
  }
}

/** The words that the notation of failures knows: roles, and processes by name. */
export function namesIn(roles: readonly Role[]): readonly string[] {
  return [
    ...new Set(roles.flatMap((role) => [role.name, ...role.processes.map(({ name }) => name)])),
  ];
}
