/**
 * Why a process cannot come to a decision, a sentence a line: the state that it is in, why each of the
 * others is of no help, and what is still under way to it.
 */
import { valueText } from "../src/model/index.js";
import {
  logText,
  type Observer,
  type Process,
  type ProtocolState,
  plainText,
} from "../src/protocol/index.js";
import { hasDecided } from "./deciding.js";

/** Those who are down: each might have helped. */
export const whoIsMissing = (observer: Observer, s: ProtocolState): readonly Process[] =>
  observer.processes.filter((p) => !observer.isUp(s, p));

/** @param evenIf what could happen and would not help either */
export function whyStuck(
  observer: Observer,
  s: ProtocolState,
  stuck: Process,
  evenIf: string,
): readonly string[] {
  const others = observer.processes.filter((p) => !p.equals(stuck));
  return [
    situation(observer, s, stuck, evenIf),
    ...others.map((other) => whyNoHelp(observer, s, other, stuck)),
    whatIsUnderWay(observer, s, stuck, others),
  ];
}

function situation(observer: Observer, s: ProtocolState, stuck: Process, evenIf: string): string {
  const awaited = observer.processes.filter((p) => observer.awaitedBy(s, stuck).has(p));
  const waiting = awaited.length > 0 ? `it waits for ${listed(awaited.map(String))} and ` : "it ";
  const state = observer.localOf(s, stuck)?.state ?? "no state";
  return `${stuck} is stuck in ${state}: ${waiting}cannot decide, ${evenIf}.`;
}

function whyNoHelp(observer: Observer, s: ProtocolState, other: Process, stuck: Process): string {
  const decided = listed([...observer.decisionsOf(s, other)].map(plainText));
  const local = observer.localOf(s, other);
  if (local === undefined) {
    const log = logText(observer.stableOf(s, other));
    return decided
      ? `${other} had decided ${decided}, but is down.`
      : `${other} is down, undecided; its log says ${log}.`;
  }
  return hasDecided(observer, s, other)
    ? `${other} is in ${local.state}, but nothing makes it tell ${stuck}.`
    : `${other} is in ${local.state} and knows of no decision that it could tell ${stuck}.`;
}

function whatIsUnderWay(
  observer: Observer,
  s: ProtocolState,
  stuck: Process,
  others: readonly Process[],
): string {
  const messages = others.flatMap((from) =>
    [...observer.underWay(s, from, stuck).keys()].map((m) => `${valueText(m)} from ${from}`),
  );
  return messages.length === 0
    ? `Nothing is under way to ${stuck}.`
    : `Under way to ${stuck} is only ${listed(messages)}, which is of no help.`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
