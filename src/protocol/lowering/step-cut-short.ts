import type { Configuration } from "../configuration.js";
import type { Effect } from "../process/step.js";
import type { ProtocolState } from "../state.js";
import { cutShort, eventsOf } from "../telling.js";
import { crashed, mayCrash } from "./crash.js";
import { crashPoints } from "./crash-points.js";
import type { Occasion } from "./occasion.js";
import { noticeable, performed } from "./perform.js";
import type { ProtocolAction } from "./whole-step.js";

/**
 * A step in the middle of which its process crashes: one successor for each point at which that can be
 * noticed. There is no state in the middle of the step, which nobody could observe.
 */
export function stepCutShort<A>(occasion: Occasion<A>): ProtocolAction<A> {
  const { name, self, by } = occasion;
  const cuts = (before: ProtocolState, seized: ProtocolState, about: A, config: Configuration) =>
    occasion.steps(seized, about, before).flatMap((step) => {
      const effects = noticeable(seized, config, step);
      const points = crashPoints(effects, {
        begun: occasion.leavesMark,
        atomic: config.setting.multicast === "atomic",
      });
      return points.map((happened) => ({ effects, happened }));
    });
  const after = (seized: ProtocolState, happened: readonly Effect[], config: Configuration) =>
    crashed(performed(seized, config, self, happened), config, self);
  return {
    name: "crash",
    kind: "failure",
    by,
    when(s, about, config) {
      if (!occasion.arises(s, about)) return false;
      const seized = occasion.seized(s, about);
      return mayCrash(seized, config, self) && cuts(s, seized, about, config).length > 0;
    },
    then(s, about, config) {
      const seized = occasion.seized(s, about);
      return cuts(s, seized, about, config).map(({ happened }) => after(seized, happened, config));
    },
    tell(before, then, about, config) {
      const seized = occasion.seized(before, about);
      const cut = cuts(before, seized, about, config).find(({ happened }) =>
        after(seized, happened, config).equals(then),
      );
      if (cut === undefined) return [];
      const { effects, happened } = cut;
      return [
        ...occasion.told(about, { before, seized, effects: happened }),
        ...eventsOf(self, happened),
        cutShort(self, effects, happened),
      ];
    },
    label(about) {
      const detail = occasion.detail(about);
      return `crash(${self}) while ${name}${detail === null ? "" : `(${detail})`}`;
    },
  };
}
