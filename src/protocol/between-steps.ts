/** What happens to processes and messages while no process takes a step. */
import { membersOf, valueText } from "../model/index.js";
import type { Configuration } from "./configuration.js";
import { crashed, mayCrash, mayRecover } from "./crash.js";
import type { Message, Process } from "./message.js";
import { linkBetween, take } from "./network.js";
import type { ProtocolState } from "./state.js";
import type { ProtocolAction } from "./whole-step.js";

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

/**
 * A message reaches a process that is down, and is gone; or it is under way until the process is up
 * again. No failure of its own, but a consequence of the crash. (One that is down for good has no
 * mailbox any more.)
 */
export function losing(to: Process, from: Process): ProtocolAction<Message> {
  return {
    name: "lose",
    kind: "step",
    by: membersOf<ProtocolState, Message>((s) => linkBetween(s, from, to)),
    when: (s, _message, config) => mayRecover(s, config, to),
    then: (s, message) => take(s, from, to, message),
    tell: (_before, _after, message) => [
      { type: "lose", from: from.name, to: to.name, message: valueText(message) },
    ],
    label: (message) => `lose(${valueText(message)} from ${from} to ${to})`,
  };
}
