import type { StepEvent } from "../model/index.js";
import type { Paint } from "./paint.js";
import { listed } from "./words.js";

/** What happened in a step: one sentence for each process that did something in it. */
export function sentences(events: readonly StepEvent[], paint: Paint): string[] {
  const told: { subject: string; clauses: string[] }[] = [];
  for (const event of broadcasts(events)) {
    const { subject, clause } = clauseOf(event, paint);
    const last = told.at(-1);
    if (last?.subject === subject) last.clauses.push(clause);
    else told.push({ subject, clauses: [clause] });
  }
  return told.map(({ subject, clauses }) => `${paint("strong", subject)} ${clauses.join(", ")}`);
}

type Broadcast = Omit<StepEvent & { type: "send" }, "to"> & { readonly to: readonly string[] };
type Told = Exclude<StepEvent, { type: "send" }> | Broadcast;

/** The same message sent to one after the other is told at once. */
function broadcasts(events: readonly StepEvent[]): Told[] {
  const told: Told[] = [];
  for (const event of events) {
    const last = told.at(-1);
    if (event.type !== "send") told.push(event);
    else if (last?.type === "send" && last.from === event.from && last.message === event.message)
      told.splice(-1, 1, { ...last, to: [...last.to, event.to] });
    else told.push({ ...event, to: [event.to] });
  }
  return told;
}

function clauseOf(event: Told, paint: Paint): { subject: string; clause: string } {
  switch (event.type) {
    case "receive":
      return { subject: event.process, clause: `receives ${event.message} from ${event.from}` };
    case "send":
      return { subject: event.from, clause: `sends ${event.message} to ${listed(event.to)}` };
    case "lose":
      return {
        subject: event.message,
        clause: `from ${event.from} to ${event.to} is ${paint("bad", "lost")}`,
      };
    case "write":
      return { subject: event.process, clause: `logs ${event.entry}` };
    case "timeout": {
      const waiting = event.awaited.length > 0 ? ` waiting for ${listed(event.awaited)}` : "";
      return { subject: event.process, clause: `times out${waiting}` };
    }
    case "crash":
      return { subject: event.process, clause: paint("bad", "crashes") };
    case "recover":
      return { subject: event.process, clause: paint("good", "recovers") };
    case "decide":
      return { subject: event.process, clause: `decides ${paint("strong", event.decision)}` };
    case "become":
      return { subject: event.process, clause: `is now ${event.state}` };
    case "note":
      return { subject: event.process, clause: event.text };
  }
}
