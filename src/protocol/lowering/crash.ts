import type { Configuration } from "../configuration.js";
import { affordable, pay } from "../faults/budgets.js";
import { forgetMailbox, mayReturn } from "../network/network.js";
import type { Process } from "../process/message.js";
import { isUp, NOBODY, type ProtocolState } from "../state.js";
import { settled } from "./clock.js";
import type { ProtocolAction } from "./whole-step.js";

export type RecoveryKind = "recover" | "amnesia";

/** A process halts between two steps. */
export function crashing(config: Configuration): ProtocolAction<Process> {
  return {
    name: "crash",
    kind: "failure",
    by: config.subjectTo("crash"),
    when: (s, p) => mayCrash(s, config, p),
    then: (s, p) => crashed(s, config, p),
    tell: (_before, _after, p) => [{ type: "crash", process: p.name }],
  };
}

export function mayCrash(s: ProtocolState, config: Configuration, p: Process): boolean {
  return isUp(s, p) && affordable(s, config, "crash", p);
}

/**
 * The process halts. Its local record and its timer are gone, so that nothing but stable storage tells
 * one crashed process from another; what it had sent is still under way.
 */
export function crashed(s: ProtocolState, config: Configuration, p: Process): ProtocolState {
  const down = pay(s, config, "crash", p)
    .set("local", s.local.delete(p))
    .setIn(["awaiting", p], NOBODY);
  return settled(mayReturn(down, config, p) ? down : forgetMailbox(down, config, p), config);
}

export function mayRecover(
  s: ProtocolState,
  config: Configuration,
  p: Process,
  how: RecoveryKind,
): boolean {
  return !isUp(s, p) && affordable(s, config, how, p);
}

/** The process is up again, knowing what is on stable storage and nothing else; or not even that. */
export function recovered(
  s: ProtocolState,
  config: Configuration,
  p: Process,
  how: RecoveryKind,
): ProtocolState {
  const { local, stable } = config.roleOf(p);
  const paid = pay(s, config, how, p).setIn(["local", p], local);
  const up = how === "amnesia" ? paid.setIn(["stable", p], stable) : paid;
  return config.processes
    .filter((q) => !isUp(up, q) && !mayReturn(up, config, q))
    .reduce((state, q) => forgetMailbox(state, config, q), up);
}
