/**
 * What may go wrong, as one value: a budget for each kind of failure and whom it may strike, and what
 * a timeout means. `crash(coordinator)=1, recover=1, detect=arbitrary` in text.
 */
import { compareNaturally } from "../model/index.js";

/**
 * What a budget allows: that a process halts, losing all that is not on stable storage (the lecture's
 * crash failure); or that one which did so begins again from there.
 */
export type FailureKind = "crash" | "recover";

/** Whom a budget is for: every process, a role, or a single process. */
export const ANYBODY = "any";

/** So many times, this may happen to one of these. */
export interface Allowance {
  readonly kind: FailureKind;
  /** `any`, a role's name or a process's. */
  readonly who: string;
  readonly budget: number;
}

/**
 * What a timeout means. `perfect`: the awaited process is down and nothing from it is still under way
 * (fail-stop). `arbitrary`: nothing; it may happen at any time (an asynchronous system).
 */
export type Detection = "perfect" | "arbitrary";

export interface Faults {
  readonly allowances: readonly Allowance[];
  readonly detection: Detection;
}

export const NO_FAULTS: Faults = { allowances: [], detection: "perfect" };

export const FAILURE_KINDS: readonly FailureKind[] = ["crash", "recover"];
export const DETECTIONS: readonly Detection[] = ["perfect", "arbitrary"];

/** `crash(coordinator)`: the allowance without its budget. */
export function allowanceName({ kind, who }: Pick<Allowance, "kind" | "who">): string {
  return kind === "recover" && who === ANYBODY ? "recover" : `${kind}(${who})`;
}

/** The same failures in the one form that equal failures share: sorted, without empty budgets. */
export function canonicalFaults({ allowances, detection }: Faults): Faults {
  const rank = ({ kind }: Allowance) => FAILURE_KINDS.indexOf(kind);
  return {
    allowances: allowances
      .filter(({ budget }) => budget > 0)
      .sort((a, b) => rank(a) - rank(b) || compareNaturally(a.who, b.who)),
    detection,
  };
}

/** The canonical text; `none` where nothing may fail. What a default says is left out. */
export function faultsText(faults: Faults): string {
  const { allowances, detection } = canonicalFaults(faults);
  const clauses = allowances.map((allowance) => `${allowanceName(allowance)}=${allowance.budget}`);
  if (detection !== NO_FAULTS.detection) clauses.push(`detect=${detection}`);
  return clauses.join(", ") || "none";
}
