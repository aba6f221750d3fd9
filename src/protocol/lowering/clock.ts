/**
 * Clocks. In rounds all clocks strike together, once everything that was sent has arrived: the round
 * ends in a wave of ticks, one process after the other, in which nothing else is delivered or done. As
 * ticks only send, their order within the wave makes no difference. Otherwise each clock strikes by itself.
 */
import type { Configuration } from "../configuration.js";
import { canReceive } from "../network/arrivals.js";
import { allOn, emptyLink, put } from "../network/links.js";
import type { Process } from "../process/message.js";
import { isUp, type ProtocolState, stepOf } from "../state.js";
import type { Occasion } from "./occasion.js";

/** Whether a wave of ticks has begun and is not over. */
export function isRoundEnding(s: ProtocolState, config: Configuration): boolean {
  return config.inRounds && s.wave > 0;
}

/** The process's clock strikes, when it is time. */
export function ticking(config: Configuration, self: Process): Occasion<undefined> {
  const role = config.roleOf(self);
  return {
    name: "tick",
    kind: "step",
    self,
    leavesMark: false,
    by: null,
    arises: (s) =>
      isUp(s, self) && (config.inRounds ? isItsTurn(s, config, self) : hasArrived(s, config, self)),
    seized: (s) => (config.inRounds ? itsTurn(s, config, self) : s),
    steps: (s) => role.tick(stepOf(s, self)),
    told: () => [{ type: "tick", process: self.name }],
    detail: () => null,
  };
}

/** The process next in turn: of the wave that is going on, or of the one that may begin. */
function nextInTurn(s: ProtocolState, config: Configuration): Process | undefined {
  return config.processes.slice(s.wave).find((p) => wantsToTick(s, config, p) && !s.ahead.has(p));
}

function isItsTurn(s: ProtocolState, config: Configuration, self: Process): boolean {
  if (s.wave === 0 && !isRoundOver(s, config)) return false;
  const next = nextInTurn(s, config);
  if (next !== undefined || s.wave > 0) return next?.equals(self) ?? false;
  // Only those that are ahead have anything to do: the others will not catch up with them any more.
  const first = config.processes.find((p) => wantsToTick(s, config, p));
  return first?.equals(self) ?? false;
}

function itsTurn(s: ProtocolState, config: Configuration, self: Process): ProtocolState {
  const begun = s.wave === 0 ? begin(s, config) : s;
  return settled(begun.set("wave", config.processes.findIndex((p) => p.equals(self)) + 1), config);
}

/** What was late arrives now, before all that the new round sends. */
function begin(s: ProtocolState, config: Configuration): ProtocolState {
  const catchingUp = nextInTurn(s, config) === undefined ? s.set("ahead", s.ahead.clear()) : s;
  if (!config.mayBeOverdue) return catchingUp;
  const { processes } = config;
  return processes
    .flatMap((to) => processes.map((from) => [from, to] as const))
    .reduce<ProtocolState>((state, [from, to]) => {
      const link = state.overdue.get(to)!.get(from)!;
      if (link.isEmpty()) return state;
      return allOn(link).reduce<ProtocolState>(
        (rest, message) => put(rest, config, from, to, message),
        state.setIn(["overdue", to, from], emptyLink(config)),
      );
    }, catchingUp);
}

/** Ends the wave where nobody is left whose turn would come. */
export function settled(s: ProtocolState, config: Configuration): ProtocolState {
  if (!config.inRounds || s.wave === 0 || nextInTurn(s, config) !== undefined) return s;
  return s.merge({ wave: 0, ahead: s.ahead.clear() });
}

function wantsToTick(s: ProtocolState, config: Configuration, p: Process): boolean {
  const role = config.roleOf(p);
  return role.ticks && isUp(s, p) && role.tick(stepOf(s, p)).length > 0;
}

/** Whether everything that was due in this round has arrived, everywhere. */
function isRoundOver(s: ProtocolState, config: Configuration): boolean {
  return config.processes.every((p) => !isUp(s, p) || hasArrived(s, config, p));
}

function hasArrived(s: ProtocolState, config: Configuration, p: Process): boolean {
  return config.setting.delay === "unbounded" || !canReceive(s, config, p);
}
