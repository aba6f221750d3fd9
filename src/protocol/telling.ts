import { isRecord } from "immutable";
import { fieldsOf, type StepEvent, valueText } from "../model/index.js";
import type { Process } from "./message.js";
import type { Effect } from "./step.js";

/**
 * A process's effects as events, in order.
 * @param arrives whether there is anybody at all to whom a message to this process can come
 */
export function eventsOf(
  self: Process,
  effects: readonly Effect[],
  arrives: (to: Process) => boolean,
): readonly StepEvent[] {
  return effects.flatMap((effect) => toldOf(self.name, effect, arrives));
}

function toldOf(
  process: string,
  effect: Effect,
  arrives: (to: Process) => boolean,
): readonly StepEvent[] {
  switch (effect.type) {
    case "become":
      return [{ type: "become", process, state: effect.state }];
    case "write":
      return [{ type: "write", process, entry: entryText(effect.fields) }];
    case "send": {
      const message = valueText(effect.message);
      const event = <T extends "send" | "lose">(type: T, to: Process) =>
        ({ type, from: process, to: to.name, message }) as const;
      const lost = effect.to.filter((to) => !arrives(to));
      return [...effect.to.map((to) => event("send", to)), ...lost.map((to) => event("lose", to))];
    }
    case "propose":
      return [{ type: "note", process, text: `votes ${plainText(effect.value)}` }];
    case "decide":
      return [{ type: "decide", process, decision: plainText(effect.value) }];
    case "note":
      return [{ type: "note", process, text: effect.text }];
    case "await":
    case "ignore":
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
