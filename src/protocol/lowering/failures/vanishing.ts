/** Messages that do not arrive, arrive twice, or arrive late. */
import type { ActionKind, StepEvent } from "../../../model/index.js";
import { valueText } from "../../../model/index.js";
import type { Configuration } from "../../configuration.js";
import { affordable, pay } from "../../faults/budgets.js";
import type { FailureKind } from "../../faults/faults.js";
import {
  type AboutLink,
  delayedOn,
  doubledOn,
  eachOf,
  type Taken,
  vanishingFrom,
} from "../../network/links.js";
import { mayReturn } from "../../network/network.js";
import { isSevered, mayHeal } from "../../network/partition.js";
import type { Process } from "../../process/message.js";
import { isUp, type ProtocolState } from "../../state.js";
import { isRoundEnding } from "../clock.js";
import type { ProtocolAction } from "../whole-step.js";

/** Something that happens to a message under way. */
interface Mishap {
  readonly name: string;
  readonly kind: ActionKind;
  /** What it costs, and whom; null where it is the consequence of something paid for before. */
  readonly price: { readonly kind: FailureKind; readonly process: Process } | null;
  mayHappen(s: ProtocolState): boolean;
  /** Each way in which it may happen, before it is paid for. */
  ways(s: ProtocolState, about: AboutLink): readonly Taken[];
  told(message: string): readonly StepEvent[];
}

function happening(
  config: Configuration,
  from: Process,
  to: Process,
  mishap: Mishap,
): ProtocolAction<AboutLink> {
  const { name, kind, price, ways, mayHappen, told } = mishap;
  const after = ({ after: state }: Taken) =>
    price === null ? state : pay(state, config, price.kind, price.process);
  return {
    name,
    kind,
    by: eachOf(config, from, to),
    when: (s, about) =>
      mayHappen(s) &&
      (price === null || affordable(s, config, price.kind, price.process)) &&
      ways(s, about).length > 0,
    then: (s, about) => ways(s, about).map(after),
    tell(before, then, about) {
      const way = ways(before, about).find((taken) => after(taken).equals(then));
      return way === undefined ? [] : told(valueText(way.message));
    },
    label: (about) =>
      `${name}(${about === undefined ? "" : `${valueText(about)} `}from ${from} to ${to})`,
  };
}

/**
 * A message reaches a process that is down, or the end of a link that is cut, and is gone; or it is under
 * way until the process is up, or the network is whole, again. No failure of its own, but a consequence.
 */
function isDoomed(s: ProtocolState, config: Configuration, from: Process, to: Process): boolean {
  return (
    (!isUp(s, to) && mayReturn(s, config, to)) ||
    (isSevered(s, config, from, to) && mayHeal(s, config))
  );
}

export function losing(
  config: Configuration,
  from: Process,
  to: Process,
): ProtocolAction<AboutLink> {
  return happening(config, from, to, {
    name: "lose",
    kind: "step",
    price: null,
    mayHappen: (s) => isDoomed(s, config, from, to),
    ways: (s, about) => vanishingFrom(s, from, to, about),
    told: (message) => [{ type: "lose", from: from.name, to: to.name, message }],
  });
}

/** Every failure that strikes messages from one process to another, as far as it is allowed. */
export function mishaps(
  config: Configuration,
  from: Process,
  to: Process,
): readonly ProtocolAction<AboutLink>[] {
  const link = { from: from.name, to: to.name };
  const failing = (
    name: string,
    kind: FailureKind,
    process: Process,
    rest: Pick<Mishap, "mayHappen" | "ways" | "told">,
  ) =>
    config.payers(kind, process).length === 0
      ? []
      : [happening(config, from, to, { name, kind: "failure", price: { kind, process }, ...rest })];
  const vanishing = (s: ProtocolState, about: AboutLink) => vanishingFrom(s, from, to, about);
  // What vanishes anyway, for nothing, need not be paid for.
  const isOnItsWay = (s: ProtocolState) => !isDoomed(s, config, from, to);
  const omitted = (process: Process, side: "send" | "receive") => ({
    ways: vanishing,
    told: (message: string): readonly StepEvent[] => [
      { type: "omit", process: process.name, side, ...link, message },
    ],
  });
  const most = (kind: FailureKind) =>
    config.payers(kind, from).some(({ budget }) => budget === "unlimited")
      ? 2
      : Number.POSITIVE_INFINITY;
  return [
    ...failing("lose", "lose", from, {
      mayHappen: isOnItsWay,
      ways: vanishing,
      told: (message) => [{ type: "lose", ...link, message }],
    }),
    ...failing("omit-send", "send-omission", from, {
      mayHappen: isOnItsWay,
      ...omitted(from, "send"),
    }),
    ...failing("omit-receive", "receive-omission", to, {
      mayHappen: (s) => isOnItsWay(s) && isUp(s, to),
      ...omitted(to, "receive"),
    }),
    // A traitor may also say nothing.
    ...failing("withhold", "malicious", from, {
      mayHappen: isOnItsWay,
      ...omitted(from, "send"),
    }),
    ...failing("duplicate", "duplicate", from, {
      mayHappen: isOnItsWay,
      ways: (s, about) => doubledOn(s, from, to, about, most("duplicate")),
      told: (message) => [{ type: "duplicate", ...link, message }],
    }),
    ...(config.mayBeOverdue
      ? failing("late", "late", from, {
          mayHappen: (s) => isUp(s, to) && !isRoundEnding(s, config),
          ways: (s, about) => delayedOn(s, from, to, about),
          told: (message) => [{ type: "late", ...link, message }],
        })
      : []),
  ];
}
