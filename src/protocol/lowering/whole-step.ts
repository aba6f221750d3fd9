import type { Action } from "../../model/index.js";
import type { Configuration } from "../configuration.js";
import { fateOf } from "../network/network.js";
import type { ProtocolState } from "../state.js";
import { eventsOf } from "../telling.js";
import type { Occasion } from "./occasion.js";
import { actual, complete } from "./perform.js";

/** An action of the transition system that a protocol is lowered to. */
export type ProtocolAction<A = unknown> = Action<ProtocolState, Configuration, A>;

/** The whole of a step, whenever the occasion arises: one successor for each alternative. */
export function wholeStep<A>(occasion: Occasion<A>): ProtocolAction<A> {
  const { name, kind, self, by } = occasion;
  return {
    name,
    kind,
    by,
    when: (s, about) =>
      occasion.arises(s, about) && occasion.steps(occasion.seized(s, about), about, s).length > 0,
    then(s, about, config) {
      const seized = occasion.seized(s, about);
      return occasion.steps(seized, about, s).map((step) => complete(seized, config, step));
    },
    tell(before, after, about, config) {
      const seized = occasion.seized(before, about);
      const taken = occasion
        .steps(seized, about, before)
        .find((step) => complete(seized, config, step).equals(after));
      if (taken === undefined) return [];
      const effects = actual(seized, taken);
      return [
        ...occasion.told(about, { before, seized, effects }),
        ...eventsOf(self, effects, (to, message) => fateOf(seized, config, self, to, message)),
      ];
    },
    label(about) {
      const detail = occasion.detail(about);
      return `${name}(${detail === null ? self : `${self}, ${detail}`})`;
    },
  };
}
