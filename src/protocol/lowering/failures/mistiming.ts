/** Timers and clocks that strike when they should not. */
import { membersOf } from "../../../model/index.js";
import type { Configuration } from "../../configuration.js";
import { affordable, pay } from "../../faults/budgets.js";
import type { Process } from "../../process/message.js";
import { isUp, type ProtocolState } from "../../state.js";
import { isRoundEnding, ticking } from "../clock.js";
import type { Occasion } from "../occasion.js";
import { isRightToSuspect, timingOut } from "../occasions.js";

/**
 * The process suspects another one that a perfect detector would not suspect: because the detector is
 * wrong, or because the other's answer is late.
 */
export function suspectingWrongly(
  config: Configuration,
  self: Process,
  why: "suspect" | "late",
): Occasion<Process> {
  return {
    ...timingOut(config, self),
    name: why === "suspect" ? "suspect" : "timeout-too-early",
    kind: "failure",
    by: membersOf<ProtocolState, Process>((s) => s.awaiting.get(self)!),
    arises: (s, other) =>
      !isRoundEnding(s, config) &&
      (why === "suspect" || isUp(s, other)) &&
      affordable(s, config, why, other) &&
      !isRightToSuspect(s, config, self, other),
    seized: (s, other) => pay(s, config, why, other),
    told: (other) => [
      {
        type: "timeout",
        process: self.name,
        awaited: [other.name],
        mistaken: why === "suspect" ? "suspicion" : "late",
      },
    ],
  };
}

/** The process's clock strikes before the round is over; it then sits out the end of the round. */
export function tickingEarly(config: Configuration, self: Process): Occasion<undefined> {
  return {
    ...ticking(config, self),
    name: "tick-early",
    kind: "failure",
    arises: (s) =>
      isUp(s, self) &&
      !isRoundEnding(s, config) &&
      !s.ahead.has(self) &&
      affordable(s, config, "early", self),
    seized: (s) => {
      const paid = pay(s, config, "early", self);
      return config.inRounds ? paid.set("ahead", paid.ahead.add(self)) : paid;
    },
    told: () => [{ type: "tick", process: self.name, early: true }],
  };
}
