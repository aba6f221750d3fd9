/** The occasions on which a process takes a step. */
import { membersOf, valueText } from "../../model/index.js";
import type { Configuration } from "../configuration.js";
import { wouldTake } from "../network/arrivals.js";
import { type AboutLink, eachOf, nextOf } from "../network/links.js";
import { isSevered } from "../network/partition.js";
import type { Process } from "../process/message.js";
import { isUp, type ProtocolState, stepOf } from "../state.js";
import { isRoundEnding } from "./clock.js";
import type { Occasion } from "./occasion.js";

/** The process acts of its own accord. */
export function acting(config: Configuration, self: Process, name: string): Occasion<undefined> {
  const role = config.roleOf(self);
  return {
    name,
    kind: "step",
    self,
    leavesMark: false,
    by: null,
    arises: (s) => isUp(s, self) && !isRoundEnding(s, config),
    seized: (s) => s,
    steps: (s) => role.act(stepOf(s, self), name),
    told: () => [
      { type: "note", process: self.name, text: name === "start" ? "starts" : `does ${name}` },
    ],
    detail: () => null,
  };
}

/** A message from one certain process arrives at a process that is up. */
export function receiving(
  config: Configuration,
  self: Process,
  from: Process,
): Occasion<AboutLink> {
  const role = config.roleOf(self);
  return {
    name: "receive",
    kind: "step",
    self,
    leavesMark: false,
    by: eachOf(config, from, self),
    arises: (s, about) =>
      isUp(s, self) &&
      !isRoundEnding(s, config) &&
      !isSevered(s, config, from, self) &&
      nextOf(s, from, self, about) !== null,
    seized: (s, about) => nextOf(s, from, self, about)!.after,
    steps: (seized, about, before) =>
      role.receive(stepOf(seized, self), {
        from,
        message: nextOf(before, from, self, about)!.message,
      }),
    told: (about, { before }) => [
      {
        type: "receive",
        process: self.name,
        from: from.name,
        message: valueText(nextOf(before, from, self, about)!.message),
      },
    ],
    detail: (about) => (about === undefined ? `from ${from}` : `${valueText(about)} from ${from}`),
  };
}

/** The process has waited for somebody for too long, as the failure detector has it. */
export function timingOut(config: Configuration, self: Process): Occasion<Process> {
  const role = config.roleOf(self);
  return {
    name: "timeout",
    kind: "step",
    self,
    leavesMark: false,
    by: membersOf<ProtocolState, Process>((s) => s.awaiting.get(self)!),
    // Its process is up: one that is down waits for nobody.
    arises: (s, suspect) =>
      !isRoundEnding(s, config) &&
      (config.setting.detect === "arbitrary" || isRightToSuspect(s, config, self, suspect)),
    seized: (s, suspect) =>
      isUp(s, suspect) && !isSevered(s, config, suspect, self) ? s.set("falseAlarm", true) : s,
    steps: (s, suspect) => role.timeout(stepOf(s, self), suspect),
    told: (suspect, { before }) => [
      {
        type: "timeout",
        process: self.name,
        awaited: [suspect.name],
        ...(isUp(before, suspect) && !isSevered(before, config, suspect, self)
          ? { mistaken: "suspicion" as const }
          : {}),
      },
    ],
    detail: (suspect) => `awaiting ${suspect}`,
  };
}

/**
 * Whether a perfect detector would say so: the process is down and all that it has sent has arrived (what
 * is left in the mailbox for later is no sign of life), or nothing from it gets through.
 */
export function isRightToSuspect(
  s: ProtocolState,
  config: Configuration,
  self: Process,
  suspect: Process,
): boolean {
  if (isSevered(s, config, suspect, self)) return true;
  return !isUp(s, suspect) && !wouldTake(s, config, suspect, self);
}
