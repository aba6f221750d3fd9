import type { Configuration } from "../configuration.js";
import type { Process } from "../process/message.js";
import { stepOf } from "../state.js";
import { becoming } from "../telling.js";
import { mayRecover, type RecoveryKind, recovered } from "./crash.js";
import type { Occasion } from "./occasion.js";

/** A process that is down begins again: from what it has on stable storage, or having lost that too. */
export function recovering(
  config: Configuration,
  self: Process,
  how: RecoveryKind,
): Occasion<undefined> {
  const role = config.roleOf(self);
  const loses = how === "amnesia";
  return {
    name: how,
    // That a log is lost is a failure, whatever good may come of it.
    kind: loses ? "failure" : "recovery",
    self,
    leavesMark: true,
    by: null,
    arises: (s) => mayRecover(s, config, self, how),
    seized: (s) => recovered(s, config, self, how),
    steps: (s) => role.recover(stepOf(s, self)),
    // Where it goes to no state of its own accord, it is where it once began, or where its log says.
    told: (_, { seized, effects }) => {
      const [first] = role.recover(stepOf(seized, self));
      const state = effects.some(({ type }) => type === "become") ? null : first?.local.state;
      return [
        { type: "recover", process: self.name },
        ...(loses ? [{ type: "note", process: self.name, text: "has lost its log" } as const] : []),
        ...(state ? [becoming(self, state)] : []),
      ];
    },
    detail: () => null,
  };
}
