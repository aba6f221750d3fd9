/**
 * What may still go wrong. A budget with a number counts down; one without a limit only notes that it
 * has been drawn on. Where a failure may strike so many different processes, those it has struck are
 * remembered.
 */
import type { Configuration, NamedAllowance } from "../configuration.js";
import type { Process } from "../process/message.js";
import type { ProtocolState } from "../state.js";
import type { FailureKind } from "./faults.js";

/** Whether this failure of the process could be paid for. */
export function affordable(
  s: ProtocolState,
  config: Configuration,
  kind: FailureKind,
  p: Process,
): boolean {
  return config.payers(kind, p).some((payer) => covers(s, payer, p));
}

/** Pays for a failure that is affordable. */
export function pay(
  s: ProtocolState,
  config: Configuration,
  kind: FailureKind,
  p: Process,
): ProtocolState {
  const payer = config.payers(kind, p).find((candidate) => covers(s, candidate, p))!;
  const paid = drawnOn(s, payer, kind, p);
  return DEVIATIONS.includes(kind) ? paid.set("deviated", paid.deviated.add(p)) : paid;
}

/** Failures in which a process does what no rule of its says. */
const DEVIATIONS: readonly FailureKind[] = ["value", "transition", "malicious", "forge"];

function drawnOn(
  s: ProtocolState,
  { name, budget, atMost }: NamedAllowance,
  kind: FailureKind,
  p: Process,
): ProtocolState {
  if (budget === "permanent")
    return s
      .updateIn(["budgets", name], decrement)
      .setIn(["afflicted", kind], s.afflicted.get(kind)!.add(p));
  const paid =
    budget === "unlimited"
      ? s.setIn(["budgets", name], 0)
      : s.updateIn(["budgets", name], decrement);
  return atMost === null ? paid : paid.setIn(["victims", name], s.victims.get(name)!.add(p));
}

/** Whether a failure has set in for good. */
export function isAfflicted(
  s: ProtocolState,
  config: Configuration,
  kind: FailureKind,
  p: Process,
): boolean {
  return config.isLasting(kind) && s.afflicted.get(kind)!.has(p);
}

/** Whether anything at all has gone wrong. */
export function somethingSpent(s: ProtocolState, config: Configuration): boolean {
  return config.allowances.some(({ name, first }) => s.budgets.get(name)! < first);
}

function covers(s: ProtocolState, { name, budget, atMost }: NamedAllowance, p: Process): boolean {
  if (budget !== "unlimited" && s.budgets.get(name)! === 0) return false;
  if (atMost === null || budget === "permanent") return true;
  const victims = s.victims.get(name)!;
  return victims.has(p) || victims.size < atMost;
}

const decrement = (n: unknown) => (n as number) - 1;
