import { affordable, pay } from "./budgets.js";
import type { Configuration } from "./configuration.js";
import type { Process } from "./message.js";
import { forgetMailbox } from "./network.js";
import { isUp, NOBODY, type ProtocolState } from "./state.js";

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
  return affordable(down, config, "recover", p) ? down : forgetMailbox(down, config, p);
}

export function mayRecover(s: ProtocolState, config: Configuration, p: Process): boolean {
  return !isUp(s, p) && affordable(s, config, "recover", p);
}

/** The process is up again, knowing what is on stable storage and nothing else. */
export function recovered(s: ProtocolState, config: Configuration, p: Process): ProtocolState {
  const up = pay(s, config, "recover", p).setIn(["local", p], config.roleOf(p).local);
  return config
    .subjectTo("recover")
    .filter((q) => !isUp(up, q) && !affordable(up, config, "recover", q))
    .reduce((state, q) => forgetMailbox(state, config, q), up);
}

/** Whether a process has crashed or been suspected wrongly, at any time. */
export function somethingFailed(s: ProtocolState, config: Configuration): boolean {
  // Whatever has been spent, something failed first: a recovery comes after a crash.
  const spent = config.allowances.some(({ name, budget }) => s.budgets.get(name)! < budget);
  return s.falseAlarm || spent;
}
