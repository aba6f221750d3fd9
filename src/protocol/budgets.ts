import type { Configuration } from "./configuration.js";
import type { FailureKind } from "./faults.js";
import type { Process } from "./message.js";
import type { ProtocolState } from "./state.js";

/** Whether there is a budget left from which this could be paid. */
export function affordable(
  s: ProtocolState,
  config: Configuration,
  kind: FailureKind,
  p: Process,
): boolean {
  return config.payers(kind, p).some((name) => s.budgets.get(name)! > 0);
}

/** Pays for a failure that is affordable. */
export function pay(
  s: ProtocolState,
  config: Configuration,
  kind: FailureKind,
  p: Process,
): ProtocolState {
  const name = config.payers(kind, p).find((name) => s.budgets.get(name)! > 0)!;
  return s.updateIn(["budgets", name], decrement);
}

const decrement = (n: unknown) => (n as number) - 1;
