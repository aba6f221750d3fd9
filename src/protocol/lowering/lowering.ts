/**
 * Lowers a protocol to a transition system. Nothing below knows of messages or crashes: there are
 * states, and actions that lead from one to the next.
 */
import { mistake, type TransitionSystem } from "../../model/index.js";
import { Configuration } from "../configuration.js";
import type { Faults } from "../faults/faults.js";
import { meaningless } from "../faults/meaningless.js";
import type { Process } from "../process/message.js";
import type { Role } from "../process/role.js";
import type { Vocabulary } from "../process/vocabulary.js";
import { initialState, type ProtocolState } from "../state.js";
import { becoming } from "../telling.js";
import { ticking } from "./clock.js";
import { crashing } from "./crash.js";
import { withDeviations } from "./failures/deviating.js";
import { lies } from "./failures/lying.js";
import { suspectingWrongly, tickingEarly } from "./failures/mistiming.js";
import { healing, splitting } from "./failures/splitting.js";
import { losing, mishaps } from "./failures/vanishing.js";
import type { Occasion } from "./occasion.js";
import { acting, receiving, timingOut } from "./occasions.js";
import { recovering } from "./recovery.js";
import { stepCutShort } from "./step-cut-short.js";
import { type ProtocolAction, wholeStep } from "./whole-step.js";

export type ProtocolSystem = TransitionSystem<ProtocolState, Configuration>;

/** @throws Mistake (faults-meaningless) where the protocol has nothing that a failure could strike */
export function lower(
  roles: readonly Role[],
  faults: Faults,
  vocabulary?: Vocabulary,
): ProtocolSystem {
  const config = new Configuration(roles, faults, vocabulary);
  const wrong = meaningless(config);
  if (wrong !== null) throw mistake("faults-meaningless", wrong);
  return {
    config,
    initial: [initialState(config)],
    actions: [...ownSteps(config), ...returns(config), ...surroundings(config)],
    tellInitial: (s) =>
      config.processes.flatMap((p) => {
        const { state } = s.local.get(p)!;
        return state === "" ? [] : [becoming(p, state)];
      }),
  };
}

/** What processes do, rightly or wrongly. */
function ownSteps(config: Configuration): readonly ProtocolAction[] {
  const { processes } = config;
  const timers = processes;
  const clocks = processes.filter((p) => config.roleOf(p).ticks);
  const mayTimeOut =
    config.setting.detect === "arbitrary" ||
    config.allows("crash", "partition", "one-way-partition");
  const right: readonly Occasion[] = [
    ...processes.flatMap((p) => config.roleOf(p).acts.map((name) => acting(config, p, name))),
    ...links(config).map(([from, to]) => receiving(config, to, from)),
    ...(mayTimeOut ? timers.map((p) => timingOut(config, p)) : []),
    ...clocks.map((p) => ticking(config, p)),
  ];
  const mistimed: readonly Occasion[] = [
    ...(["suspect", "late"] as const)
      .filter((why) => config.allows(why) && config.setting.detect === "perfect")
      .flatMap((why) => timers.map((p) => suspectingWrongly(config, p, why))),
    ...clocks
      .filter((p) => config.payers("early", p).length > 0)
      .map((p) => tickingEarly(config, p)),
  ];
  return [...right.flatMap((occasion) => withDeviations(config, occasion)), ...mistimed].flatMap(
    (occasion) => lowered(config, occasion),
  );
}

/** Processes that have crashed begin again. */
function returns(config: Configuration): readonly ProtocolAction[] {
  return (["recover", "amnesia"] as const).flatMap((how) =>
    config
      .subjectTo(how)
      .filter((p) => config.payers("crash", p).length > 0)
      .flatMap((p) => lowered(config, recovering(config, p, how))),
  );
}

/** What happens to processes and messages while no process takes a step. */
function surroundings(config: Configuration): readonly ProtocolAction[] {
  const losesFreely = config.processes.filter(
    (p) =>
      config.payers("crash", p).length > 0 &&
      config.payers("recover", p).length + config.payers("amnesia", p).length > 0,
  );
  const actions = [
    crashing(config),
    ...links(config)
      .filter(([, to]) => losesFreely.includes(to) || config.allows("heal"))
      .map(([from, to]) => losing(config, from, to)),
    ...links(config).flatMap(([from, to]) => mishaps(config, from, to)),
    ...(["partition", "one-way-partition"] as const)
      .filter((kind) => config.allows(kind))
      .map((kind) => splitting(config, kind)),
    ...(config.allows("heal") ? [healing(config)] : []),
    ...lies(config),
  ];
  return actions as readonly ProtocolAction[];
}

/** The whole step, and the step that a crash cuts short. */
function lowered(config: Configuration, occasion: Occasion): readonly ProtocolAction[] {
  const whole = wholeStep(occasion);
  return config.payers("crash", occasion.self).length > 0
    ? [whole, stepCutShort(occasion)]
    : [whole];
}

const links = ({ processes }: Configuration): readonly (readonly [Process, Process])[] =>
  processes.flatMap((to) => processes.map((from) => [from, to] as const));
