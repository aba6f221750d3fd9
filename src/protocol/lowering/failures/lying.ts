/**
 * A malicious process says what none of its rules makes it say: anything to anybody, to each something
 * else, and where forgery is allowed in the name of another. What it has said already and is still under
 * way it does not say again. (That it says nothing where it should is among the mishaps of messages.)
 *
 * Source: L. Lamport, R. Shostak and M. Pease, "The Byzantine generals problem", 1982, section 1: with oral
 * messages a receiver knows the sender; only forgery takes that away.
 */
import { membersOf, type Quantifier, valueText } from "../../../model/index.js";
import type { Configuration } from "../../configuration.js";
import { affordable, pay } from "../../faults/budgets.js";
import { carries, linkBetween } from "../../network/links.js";
import { fateOf, send } from "../../network/network.js";
import type { Message, Process } from "../../process/message.js";
import { isUp, type ProtocolState } from "../../state.js";
import type { ProtocolAction } from "../whole-step.js";

/** @param as in whose name; the liar's own where nothing is forged */
export function lying(
  config: Configuration,
  liar: Process,
  to: Process,
  as: Process,
): ProtocolAction<Message> {
  const forged = !as.equals(liar);
  const failure = forged ? "forge" : "malicious";
  return {
    name: forged ? "forge" : "lie",
    kind: "failure",
    by: anythingSayable(config),
    when: (s, message) =>
      isUp(s, liar) &&
      affordable(s, config, failure, liar) &&
      fateOf(s, config, as, to, message) === "arrives" &&
      !carries(linkBetween(s, as, to), message),
    then: (s, message) => send(pay(s, config, failure, liar), config, as, to, message),
    tell: (_before, _after, message) => [
      {
        type: "deviate",
        process: liar.name,
        failure: forged ? "forges a message" : "lies",
        text: "no rule of its makes it say this",
      },
      {
        type: "send",
        from: liar.name,
        to: to.name,
        message: valueText(message),
        ...(forged ? { as: as.name } : {}),
      },
    ],
    label: (message) =>
      `${forged ? "forge" : "lie"}(${liar}, ${valueText(message)} to ${to}${forged ? ` as ${as}` : ""})`,
  };
}

function anythingSayable({
  vocabulary,
}: Configuration): Quantifier<ProtocolState, Configuration, Message> {
  return vocabulary.messages ?? membersOf<ProtocolState, Message>((s) => s.said);
}

/** Every lie that is possible at all. */
export function lies(config: Configuration): readonly ProtocolAction<Message>[] {
  const { processes } = config;
  const others = (p: Process) => processes.filter((q) => !q.equals(p));
  return [
    ...config
      .subjectTo("malicious")
      .flatMap((liar) => others(liar).map((to) => lying(config, liar, to, liar))),
    ...config
      .subjectTo("forge")
      .flatMap((liar) =>
        others(liar).flatMap((to) =>
          processes
            .filter((as) => !as.equals(liar) && !as.equals(to))
            .map((as) => lying(config, liar, to, as)),
        ),
      ),
  ];
}
