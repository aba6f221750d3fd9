import { Map } from "immutable";
import {
  type Allowance,
  ANYBODY,
  allowanceName,
  type Detection,
  type FailureKind,
  type Faults,
} from "./faults.js";
import type { Process } from "./message.js";
import type { Role } from "./role.js";

/** An allowance under the name by which a state keeps its budget. */
export interface NamedAllowance extends Allowance {
  readonly name: string;
}

/** Who takes part, and what may go wrong: all that the lowering knows besides the state. */
export class Configuration {
  readonly roles: readonly Role[];
  /** In the order in which a diagram shows them. */
  readonly processes: readonly Process[];
  readonly allowances: readonly NamedAllowance[];
  readonly detection: Detection;
  readonly #roleOf: Map<Process, Role>;
  readonly #payers: ReadonlyMap<FailureKind, Map<Process, readonly string[]>>;

  constructor(roles: readonly Role[], { allowances, detection }: Faults) {
    this.roles = roles;
    this.processes = roles.flatMap((role) => role.processes);
    this.allowances = allowances.map((allowance) => ({
      ...allowance,
      name: allowanceName(allowance),
    }));
    this.detection = detection;
    this.#roleOf = Map(roles.flatMap((role) => role.processes.map((p) => [p, role] as const)));
    this.#payers = new globalThis.Map(
      (["crash", "recover"] as const).map((kind) => [
        kind,
        Map(this.processes.map((p) => [p, this.#payersOf(kind, p)] as const)),
      ]),
    );
  }

  roleOf(process: Process): Role {
    return this.#roleOf.get(process)!;
  }

  /**
   * The names of the budgets from which a failure of this process may be paid, the narrowest first.
   * Paying from the narrowest loses no behaviour: it is the one of the least use to others.
   */
  payers(kind: FailureKind, process: Process): readonly string[] {
    return this.#payers.get(kind)!.get(process)!;
  }

  /** Those to whom it may happen. */
  subjectTo(kind: FailureKind): readonly Process[] {
    return this.processes.filter((p) => this.payers(kind, p).length > 0);
  }

  #payersOf(kind: FailureKind, process: Process): readonly string[] {
    return [process.name, this.roleOf(process).name, ANYBODY].flatMap((who) =>
      this.allowances.filter((a) => a.kind === kind && a.who === who).map(({ name }) => name),
    );
  }
}

/** The words that the notation of failures knows: roles, and processes by name. */
export function namesIn(roles: readonly Role[]): readonly string[] {
  return [
    ...new Set(roles.flatMap((role) => [role.name, ...role.processes.map(({ name }) => name)])),
  ];
}
