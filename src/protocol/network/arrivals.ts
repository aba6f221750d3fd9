import type { Configuration } from "../configuration.js";
import type { Process } from "../process/message.js";
import { type ProtocolState, stepOf } from "../state.js";
import { allOn, isQueue, linkBetween } from "./links.js";
import { isSevered } from "./partition.js";

/** Whether a message is there for a process that is up, and it would take it now. */
export function canReceive(s: ProtocolState, config: Configuration, p: Process): boolean {
  return config.processes.some((from) => {
    if (isSevered(s, config, from, p)) return false;
    const link = linkBetween(s, from, p);
    const next = isQueue(link) ? allOn(link).slice(0, 1) : [...link.keys()];
    return next.some(
      (message) => config.roleOf(p).receive(stepOf(s, p), { from, message }).length > 0,
    );
  });
}
