/** The occasions on which a process takes a step. */
import { membersOf, valueText } from "../model/index.js";
import type { Configuration } from "./configuration.js";
import { mayRecover, recovered } from "./crash.js";
import type { Message, Process } from "./message.js";
import { linkBetween, take } from "./network.js";
import type { Occasion } from "./occasion.js";
import { isUp, type ProtocolState, stepOf } from "./state.js";
import { becoming } from "./telling.js";

/** The process acts of its own accord. */
export function starting(config: Configuration, self: Process): Occasion<undefined> {
  const role = config.roleOf(self);
  return {
    name: "start",
    kind: "step",
    self,
    leavesMark: false,
    by: null,
    arises: (s) => isUp(s, self),
    seized: (s) => s,
    steps: (s) => role.start(stepOf(s, self)),
    told: () => [{ type: "note", process: self.name, text: "starts" }],
    detail: () => null,
  };
}

/** A message from one certain process arrives at a process that is up. */
export function receiving(config: Configuration, self: Process, from: Process): Occasion<Message> {
  const role = config.roleOf(self);
  return {
    name: "receive",
    kind: "step",
    self,
    leavesMark: false,
    by: membersOf<ProtocolState, Message>((s) => linkBetween(s, from, self)),
    arises: (s) => isUp(s, self),
    seized: (s, message) => take(s, from, self, message),
    steps: (s, message) => role.receive(stepOf(s, self), { from, message }),
    told: (message) => [
      { type: "receive", process: self.name, from: from.name, message: valueText(message) },
    ],
    detail: (message) => `${valueText(message)} from ${from}`,
  };
}

/** The process has waited for somebody for too long, as the failure detector has it. */
export function timingOut(config: Configuration, self: Process): Occasion<Process> {
  const role = config.roleOf(self);
  const perfect = config.detection === "perfect";
  return {
    name: "timeout",
    kind: "step",
    self,
    leavesMark: false,
    by: membersOf<ProtocolState, Process>((s) => s.awaiting.get(self)!),
    // Its process is up: one that is down waits for nobody.
    arises: (s, suspect) =>
      !perfect || (!isUp(s, suspect) && linkBetween(s, suspect, self).isEmpty()),
    seized: (s, suspect) => (isUp(s, suspect) ? s.set("falseAlarm", true) : s),
    steps: (s, suspect) => role.timeout(stepOf(s, self), suspect),
    told: (suspect) => [{ type: "timeout", process: self.name, awaited: [suspect.name] }],
    detail: (suspect) => `awaiting ${suspect}`,
  };
}

/** A process that is down begins again, from what it has on stable storage. */
export function recovering(config: Configuration, self: Process): Occasion<undefined> {
  const role = config.roleOf(self);
  return {
    name: "recover",
    kind: "recovery",
    self,
    leavesMark: true,
    by: null,
    arises: (s) => mayRecover(s, config, self),
    seized: (s) => recovered(s, config, self),
    steps: (s) => role.recover(stepOf(s, self)),
    // Where it goes to no state of its own accord, it is where it once began.
    told: (_, seized, effects) => [
      { type: "recover", process: self.name },
      ...(effects.some(({ type }) => type === "become")
        ? []
        : [becoming(self, seized.local.get(self)!.state)]),
    ],
    detail: () => null,
  };
}
