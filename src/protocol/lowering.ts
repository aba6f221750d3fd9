/**
 * Lowers a protocol to a transition system. Nothing below knows of messages or crashes: there are
 * states, and actions that lead from one to the next.
 */
import type { TransitionSystem } from "../model/index.js";
import { crashing, losing } from "./between-steps.js";
import { Configuration } from "./configuration.js";
import type { Faults } from "./faults.js";
import type { Process } from "./message.js";
import type { Occasion } from "./occasion.js";
import { receiving, recovering, starting, timingOut } from "./occasions.js";
import type { Role } from "./role.js";
import { initialState, type ProtocolState } from "./state.js";
import { stepCutShort } from "./step-cut-short.js";
import { becoming } from "./telling.js";
import { type ProtocolAction, wholeStep } from "./whole-step.js";

export type ProtocolSystem = TransitionSystem<ProtocolState, Configuration>;

export function lower(roles: readonly Role[], faults: Faults): ProtocolSystem {
  const config = new Configuration(roles, faults);
  return {
    config,
    initial: [initialState(config)],
    actions: actionsOf(config),
    tellInitial: (s) => config.processes.map((p) => becoming(p, s.local.get(p)!.state)),
  };
}

/** Only those that the failures allowed can bring about. */
function actionsOf(config: Configuration): readonly ProtocolAction[] {
  const { processes } = config;
  const crashable = config.subjectTo("crash");
  const recoverable = config.subjectTo("recover").filter((p) => crashable.includes(p));
  const timeouts = config.detection === "arbitrary" || crashable.length > 0;
  const actionsFor = <A>(occasions: readonly Occasion<A>[]) => [
    ...occasions.map((occasion) => wholeStep(occasion)),
    ...occasions
      .filter(({ self }) => crashable.includes(self))
      .map((occasion) => stepCutShort(occasion)),
  ];
  const links = (to: readonly Process[]) =>
    to.flatMap((p) => processes.map((q) => [p, q] as const));
  const actions = [
    ...actionsFor(processes.map((p) => starting(config, p))),
    ...actionsFor(links(processes).map(([to, from]) => receiving(config, to, from))),
    ...(timeouts ? actionsFor(processes.map((p) => timingOut(config, p))) : []),
    crashing(config),
    ...actionsFor(recoverable.map((p) => recovering(config, p))),
    ...links(recoverable).map(([to, from]) => losing(to, from)),
  ];
  return actions as readonly ProtocolAction[];
}
