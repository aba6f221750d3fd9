import type { Configuration } from "../configuration.js";
import type { Process } from "../process/message.js";
import { type ProtocolState, stepOf } from "../state.js";
import { allOn, isQueue, linkBetween } from "./links.js";
import { isSevered } from "./partition.js";

/** Whether a message is there for a process that is up, and it would take it now. */
export function canReceive(s: ProtocolState, config: Configuration, p: Process): boolean {
  return config.processes.some(
    (from) => !isSevered(s, config, from, p) && wouldTake(s, config, from, p),
  );
}

/** Whether something is under way that a process that is up would take, and not leave in its mailbox. */
export function wouldTake(
  s: ProtocolState,
  config: Configuration,
  from: Process,
  to: Process,
): boolean {
  const link = linkBetween(s, from, to);
  if (link.isEmpty()) return false;
  const next = isQueue(link) ? allOn(link).slice(0, 1) : [...link.keys()];
  const role = config.roleOf(to);
  return next.some((message) => role.receive(stepOf(s, to), { from, message }).length > 0);
}
