import type { Configuration } from "./configuration.js";
import type { Process } from "./message.js";
import { ignore, isNoticed, linkBetween, send } from "./network.js";
import type { ProtocolState } from "./state.js";
import type { Effect, Step } from "./step.js";

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
      ? { ...effect, to: effect.to.filter((p) => !linkBetween(s, self, p).has(effect.message)) }
      : effect,
  );
}

/** A step's effects, without the messages that nobody could ever notice. */
export function noticeable(s: ProtocolState, config: Configuration, step: Step): readonly Effect[] {
  return actual(s, step).map((effect) =>
    effect.type === "send"
      ? { ...effect, to: effect.to.filter((p) => isNoticed(s, config, p, effect.message)) }
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
      return effect.to.reduce((state, to) => send(state, self, to, effect.message), s);
    case "await":
      return s.setIn(["awaiting", self], effect.awaited);
    case "ignore":
      return effect.messages.reduce((state, message) => ignore(state, config, self, message), s);
    case "propose":
      return s.setIn(["proposals", self], effect.value);
    case "decide":
      return s.setIn(["decisions", self], s.decisions.get(self)!.add(effect.value));
    // Told in a trace; the local record says it too, and a remark changes nothing.
    case "become":
    case "note":
      return s;
  }
}
