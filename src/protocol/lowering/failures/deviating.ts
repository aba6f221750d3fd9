/**
 * A process takes a step that is not what its rules say: a message with a wrong value (value failure), a
 * message that nobody could take for one (fail-safe), or the step that another input would have
 * caused (state-transition failure). Each is another occasion, made of the right one.
 */
import { valueText } from "../../../model/index.js";
import type { Configuration } from "../../configuration.js";
import { affordable, isAfflicted, pay } from "../../faults/budgets.js";
import type { FailureKind } from "../../faults/faults.js";
import { GARBLED, type Message } from "../../process/message.js";
import { type Effect, isSameStep, stepWith } from "../../process/step.js";
import { sayable } from "../../process/vocabulary.js";
import { type ProtocolState, stepOf } from "../../state.js";
import type { Occasion } from "../occasion.js";

/** What may be sent in place of a message. */
type Instead = (s: ProtocolState, message: Message) => readonly Message[];

/** The steps of an occasion once such failures have set in for good, and the occasions of the first ones. */
export function withDeviations<A>(
  config: Configuration,
  occasion: Occasion<A>,
): readonly Occasion<A>[] {
  const { self } = occasion;
  const wrongValue: Instead = (s, message) => config.vocabulary.alternatives(message, s.said);
  const garbled: Instead = (_, message) => (message.equals(GARBLED) ? [] : [GARBLED]);
  const sending = [
    { kind: "value", failure: "value failure", instead: wrongValue },
    { kind: "benign", failure: "fails safely", instead: garbled },
  ] as const;
  const usual = sending.reduce<Occasion<A>>(
    (rest, { kind, failure, instead }) =>
      config.isLasting(kind) ? alwaysSending(config, rest, kind, failure, instead) : rest,
    occasion,
  );
  return [
    usual,
    ...sending
      .filter(({ kind }) => config.payers(kind, self).length > 0)
      .map(({ kind, failure, instead }) => onceSending(config, occasion, kind, failure, instead)),
    ...(config.payers("transition", self).length > 0 ? [wrongTransition(config, occasion)] : []),
  ];
}

/** One message of the step is another than it should be. */
function onceSending<A>(
  config: Configuration,
  occasion: Occasion<A>,
  kind: FailureKind,
  failure: string,
  instead: Instead,
): Occasion<A> {
  return {
    ...failing(config, occasion, kind),
    steps: (seized, about, before) =>
      occasion
        .steps(seized, about, before)
        .flatMap((step) =>
          step.effects.flatMap((effect, i) =>
            replacements(seized, effect, failure, instead).map((others) =>
              stepWith(step, [
                ...step.effects.slice(0, i),
                ...others,
                ...step.effects.slice(i + 1),
              ]),
            ),
          ),
        ),
  };
}

/** Of a process in which the failure has set in, every message that can be wrong is. */
function alwaysSending<A>(
  config: Configuration,
  occasion: Occasion<A>,
  kind: FailureKind,
  failure: string,
  instead: Instead,
): Occasion<A> {
  return {
    ...occasion,
    steps(seized, about, before) {
      const steps = occasion.steps(seized, about, before);
      if (!isAfflicted(seized, config, kind, occasion.self)) return steps;
      return steps.flatMap((step) =>
        step.effects
          .reduce<readonly (readonly Effect[])[]>(
            (all, effect) => {
              const others = replacements(seized, effect, failure, instead);
              const ways = others.length > 0 ? others : [[effect]];
              return all.flatMap((effects) => ways.map((way) => [...effects, ...way]));
            },
            [[]],
          )
          .map((effects) => stepWith(step, effects)),
      );
    },
  };
}

/** What may stand in place of an effect: nothing where it sends nothing that could be wrong. */
function replacements(
  s: ProtocolState,
  effect: Effect,
  failure: string,
  instead: Instead,
): readonly (readonly Effect[])[] {
  if (effect.type !== "send" || effect.to.length === 0) return [];
  return instead(s, effect.message).map((message) => [
    {
      type: "deviate",
      failure,
      text: `it sends ${valueText(message)} in place of ${valueText(effect.message)}`,
    },
    { ...effect, message },
  ]);
}

/** The process does what it would have done had something else happened. */
function wrongTransition<A>(config: Configuration, occasion: Occasion<A>): Occasion<A> {
  const { self } = occasion;
  return {
    ...failing(config, occasion, "transition"),
    steps(seized, about, before) {
      const right = occasion.steps(seized, about, before);
      const wrong = otherInputs(config, seized, occasion.self).flatMap(({ input, steps }) =>
        steps.map((step) => ({ input, step })),
      );
      return wrong
        .filter(({ step }, i) => {
          const before = wrong.slice(0, i).map((other) => other.step);
          return ![...right, ...before].some((other) => isSameStep(step, other));
        })
        .map(({ input, step }) =>
          stepWith(step, [
            {
              type: "deviate",
              failure: "state-transition failure",
              text: `${self} does as if ${input}`,
            },
            ...step.effects,
          ]),
        );
    },
  };
}

/** Everything else that could have happened to a process, and what it would do then. */
function otherInputs(config: Configuration, s: ProtocolState, self: Occasion["self"]) {
  const role = config.roleOf(self);
  const p = stepOf(s, self);
  const messages = [...sayable(config.vocabulary, s.said)];
  return [
    ...role.acts.map((name) => ({ input: `it were to ${name}`, steps: role.act(p, name) })),
    ...(role.ticks ? [{ input: "its clock had struck", steps: role.tick(p) }] : []),
    ...config.processes.flatMap((other) => [
      {
        input: `it had waited for ${other} in vain`,
        steps: p.awaited.has(other) ? role.timeout(p, other) : [],
      },
      ...messages.map((message) => ({
        input: `it had received ${valueText(message)} from ${other}`,
        steps: role.receive(p, { from: other, message }),
      })),
    ]),
  ];
}

/** The occasion as a failure that is paid for. */
function failing<A>(config: Configuration, occasion: Occasion<A>, kind: FailureKind): Occasion<A> {
  const { self } = occasion;
  return {
    ...occasion,
    name: kind === "benign" ? "fail-safe" : `${kind}-failure`,
    kind: "failure",
    detail(about) {
      const detail = occasion.detail(about);
      return detail === null ? occasion.name : `${occasion.name} ${detail}`;
    },
    arises: (s, about) => occasion.arises(s, about) && affordable(s, config, kind, self),
    seized: (s, about) => pay(occasion.seized(s, about), config, kind, self),
  };
}
