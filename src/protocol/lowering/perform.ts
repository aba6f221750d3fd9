import type { Configuration } from "../configuration.js";
import { carries, linkBetween } from "../network/links.js";
import { fateOf, ignore, send } from "../network/network.js";
import type { Process } from "../process/message.js";
import type { Effect, Step } from "../process/step.js";
import type { ProtocolState } from "../state.js";

/** The state after the whole of a step. */
export function complete(s: ProtocolState, config: Configuration, step: Step): ProtocolState {
  return performed(s, config, step.self, noticeable(s, config, step)).setIn(
    ["local", step.self],
    step.local,
  );
}

/** A step's effects, without what need not be repeated (see `Step.repeat`). */
export function actual(s: ProtocolState, { self, effects }: Step): readonly Effect[] {
  return effects.map((effect) =>
    effect.type === "send" && effect.repeated
      ? {
          ...effect,
          to: effect.to.filter((p) => !carries(linkBetween(s, self, p), effect.message)),
        }
      : effect,
  );
}

/** A step's effects, without the messages that nobody could ever notice. */
export function noticeable(s: ProtocolState, config: Configuration, step: Step): readonly Effect[] {
  return actual(s, step).map((effect) =>
    effect.type === "send"
      ? {
          ...effect,
          to: effect.to.filter(
            (p) => fateOf(s, config, step.self, p, effect.message) === "arrives",
          ),
        }
      : effect,
  );
}

/** The state after these effects of a process, its local record aside. */
export function performed(
  s: ProtocolState,
  config: Configuration,
  self: Process,
  effects: readonly Effect[],
): ProtocolState {
  return effects.reduce((state, effect) => afterEffect(state, config, self, effect), s);
}

function afterEffect(
  s: ProtocolState,
  config: Configuration,
  self: Process,
  effect: Effect,
): ProtocolState {
  switch (effect.type) {
    case "write":
      return Object.entries(effect.fields).reduce(
        (state, [field, value]) => state.setIn(["stable", self, field], value),
        s,
      );
    case "send":
      return effect.to.reduce((state, to) => send(state, config, self, to, effect.message), s);
    case "await":
      return s.setIn(["awaiting", self], effect.awaited);
    case "ignore":
      return effect.messages.reduce((state, message) => ignore(state, config, self, message), s);
    case "propose":
      return s.setIn(["proposals", self], effect.value);
    case "decide":
      return s.setIn(["decisions", self], s.decisions.get(self)!.add(effect.value));
    // Told in a trace only: the local record says it too, or it changes nothing.
    case "become":
    case "note":
    case "deviate":
      return s;
  }
}
