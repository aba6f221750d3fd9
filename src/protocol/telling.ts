import { isRecord } from "immutable";
import { fieldsOf, type StepEvent, valueText } from "../model/index.js";
import type { Fate } from "./network/network.js";
import type { Message, Process } from "./process/message.js";
import type { Effect } from "./process/step.js";

/** What becomes of a message when it is sent. */
type FateOf = (to: Process, message: Message) => Fate;

/** A process's effects as events, in order. */
export function eventsOf(
  self: Process,
  effects: readonly Effect[],
  fateOf: FateOf = () => "arrives",
): readonly StepEvent[] {
  return effects.flatMap((effect) => toldOf(self.name, effect, fateOf));
}

export function becoming(process: Process, state: string): StepEvent {
  return { type: "become", process: process.name, state };
}

/** A crash in the middle of a step: of all these effects no more than those that happened. */
export function cutShort(
  self: Process,
  effects: readonly Effect[],
  happened: readonly Effect[],
): StepEvent {
  const before = nextText(effects, happened);
  return { type: "crash", process: self.name, ...(before === null ? {} : { before }) };
}

/** The first of the effects that did not happen, or the rest of one that did in part. */
function nextText(effects: readonly Effect[], happened: readonly Effect[]): string | null {
  const [last, whole] = [happened.at(-1), effects[happened.length - 1]];
  if (last?.type === "send" && whole?.type === "send" && last.to.length < whole.to.length)
    return sendingText(
      whole.to.filter((p) => !last.to.includes(p)),
      whole.message,
    );
  const next = effects[happened.length];
  if (next?.type === "write") return `logging ${entryText(next.fields)}`;
  return next?.type === "send" ? sendingText(next.to, next.message) : null;
}

function sendingText(to: readonly Process[], message: Message): string {
  const names = to.map(({ name }) => name);
  const all =
    names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  return `sending ${valueText(message)} to ${all}`;
}

function toldOf(process: string, effect: Effect, fateOf: FateOf): readonly StepEvent[] {
  switch (effect.type) {
    case "become":
      return [{ type: "become", process, state: effect.state }];
    case "write":
      return [{ type: "write", process, entry: entryText(effect.fields) }];
    case "send": {
      const message = valueText(effect.message);
      const sent = effect.to.map(
        (to) => ({ type: "send", from: process, to: to.name, message }) as const,
      );
      const gone = effect.to.flatMap((to) =>
        gonePer(process, to.name, message, fateOf(to, effect.message)),
      );
      return [...sent, ...gone];
    }
    case "propose":
      return [{ type: "note", process, text: `${effect.verb} ${plainText(effect.value)}` }];
    case "deviate":
      return [{ type: "deviate", process, failure: effect.failure, text: effect.text }];
    case "decide":
      return [{ type: "decide", process, decision: plainText(effect.value) }];
    case "note":
      return [{ type: "note", process, text: effect.text }];
    case "await":
    case "ignore":
      return [];
  }
}

/** How it is told that a message that was sent will not arrive. */
function gonePer(from: string, to: string, message: string, fate: Fate): readonly StepEvent[] {
  const link = { from, to, message };
  switch (fate) {
    case "lost":
      return [{ type: "lose", ...link }];
    case "not-sent":
      return [{ type: "omit", process: from, side: "send", ...link }];
    case "not-received":
      return [{ type: "omit", process: to, side: "receive", ...link }];
    case "arrives":
    case "ignored":
      return [];
  }
}

/** A log entry: a state of the diagram by its name alone, other fields as `name = value`. */
function entryText(fields: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields)
    .map(([name, value]) => (name === "state" ? plainText(value) : `${name} = ${plainText(value)}`))
    .join(", ");
}

/** What is on stable storage, as it was told when it was written. */
export function logText(stable: object): string {
  if (!isRecord(stable)) return valueText(stable);
  return entryText(Object.fromEntries(fieldsOf(stable).map((field) => [field, stable.get(field)])));
}

/** Text as it is, other values as a person writes them. */
export const plainText = (value: unknown) => (typeof value === "string" ? value : valueText(value));
