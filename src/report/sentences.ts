import type { StepEvent } from "../model/index.js";
import type { Paint } from "./paint.js";
import { listed } from "./words.js";

/** What happened in a step: one sentence for each process that did something in it. */
export function sentences(events: readonly StepEvent[], paint: Paint): string[] {
  const told: { subject: string; clauses: string[] }[] = [];
  for (const event of crashes(broadcasts(events))) {
    const { subject, clause } = clauseOf(event, paint);
    const last = told.at(-1);
    if (last?.subject === subject) last.clauses.push(clause);
    else told.push({ subject, clauses: [clause] });
  }
  return told.map(({ subject, clauses }) => `${paint("strong", subject)} ${sequence(clauses)}`);
}

/** How a protocol begins: who is in which state, those in the same one together. */
export function beginnings(events: readonly StepEvent[], paint: Paint): string {
  const begun = events.filter((event) => event.type === "become");
  const states = [...new Set(begun.map(({ state }) => state))];
  if (states.length === 1 && begun.length > 1) return `all are in ${states[0]}`;
  return states
    .map((state) => {
      const names = begun.filter((event) => event.state === state).map(({ process }) => process);
      const strong = names.map((name) => paint("strong", name));
      return `${listed(strong)} ${names.length > 1 ? "are" : "is"} in ${state}`;
    })
    .join("; ");
}

/** `starts, logs WAIT, and crashes`: the last comma keeps apart what has an "and" of its own. */
function sequence(clauses: readonly string[]): string {
  const isPlain = clauses.length === 2 && !clauses[0]!.includes(" and ");
  if (clauses.length < 2 || isPlain) return clauses.join(" and ");
  return `${clauses.slice(0, -1).join(", ")}, and ${clauses.at(-1)}`;
}

interface Broadcast {
  readonly type: "broadcast";
  readonly from: string;
  readonly as: string | undefined;
  readonly message: string;
  readonly to: readonly { readonly process: string; readonly lost: boolean }[];
}
type Told = (Exclude<StepEvent, { type: "send" }> | Broadcast) & {
  /** Of a crash: the last thing that it left done, told with it and not before. */
  readonly after?: string;
};

/** Where a crash cuts a step short, the last of it that outlives the crash is told together with the crash. */
function crashes(events: readonly Told[]): Told[] {
  const told: Told[] = [];
  for (const event of events) {
    if (event.type !== "crash" || event.before === undefined) {
      told.push(event);
      continue;
    }
    const at = told.findLastIndex((done) => subjectOf(done) === event.process && doing(done));
    const [done] = at < 0 ? [] : told.splice(at, 1);
    // Of one message sent to some and not to others, it is named once.
    const again = done?.type === "broadcast" ? `sending ${done.message} to ` : null;
    const before =
      again !== null && event.before.startsWith(again)
        ? event.before.replace(again, "sending it to ")
        : event.before;
    const after = done && doing(done);
    told.push({ ...event, before, ...(after ? { after } : {}) });
  }
  return told;
}

function subjectOf(event: Told): string | null {
  if (event.type === "broadcast") return event.from;
  return "process" in event ? event.process : null;
}

/** `logging READY`: what outlives a crash; null for anything else. */
function doing(event: Told): string | null {
  if (event.type === "write") return `logging ${event.entry}`;
  if (event.type === "decide") return `deciding ${event.decision}`;
  if (event.type !== "broadcast") return null;
  const to = event.to.map(({ process, lost }) => (lost ? `${process} (lost)` : process));
  const forged = event.as === undefined ? "" : ` in the name of ${event.as}`;
  return `sending ${event.message} to ${listed(to)}${forged}`;
}

/** The same message sent to one after the other is told at once, and with it what is lost of it. */
function broadcasts(events: readonly StepEvent[]): Told[] {
  const told: Told[] = [];
  for (const event of events) {
    const last = told.at(-1);
    const same =
      last?.type === "broadcast" &&
      (event.type === "send" || event.type === "lose") &&
      last.from === event.from &&
      last.message === event.message &&
      (event.type === "lose" || last.as === event.as)
        ? last
        : null;
    if (event.type === "send") {
      const to = { process: event.to, lost: false };
      if (same) told.splice(-1, 1, { ...same, to: [...same.to, to] });
      else
        told.push({
          type: "broadcast",
          from: event.from,
          as: event.as,
          message: event.message,
          to: [to],
        });
    } else if (event.type === "lose" && same?.to.some(({ process }) => process === event.to)) {
      const to = same.to.map((one) => (one.process === event.to ? { ...one, lost: true } : one));
      told.splice(-1, 1, { ...same, to });
    } else told.push(event);
  }
  return told;
}

function clauseOf(event: Told, paint: Paint): { subject: string; clause: string } {
  switch (event.type) {
    case "receive":
      return { subject: event.process, clause: `receives ${event.message} from ${event.from}` };
    case "broadcast": {
      const to = event.to.map(({ process, lost }) =>
        lost ? `${process} (${paint("bad", "lost")})` : process,
      );
      const forged = event.as === undefined ? "" : ` ${paint("bad", `in the name of ${event.as}`)}`;
      return { subject: event.from, clause: `sends ${event.message} to ${listed(to)}${forged}` };
    }
    case "lose":
      return {
        subject: event.message,
        clause: `from ${event.from} to ${event.to} is ${paint("bad", "lost")}`,
      };
    case "write":
      return { subject: event.process, clause: `logs ${event.entry}` };
    case "omit":
      return {
        subject: event.process,
        clause:
          event.side === "send"
            ? `${paint("bad", "fails to send")} ${event.message} to ${event.to}`
            : `${paint("bad", "fails to receive")} ${event.message} from ${event.from}`,
      };
    case "duplicate":
      return {
        subject: event.message,
        clause: `from ${event.from} to ${event.to} is ${paint("bad", "duplicated")}`,
      };
    case "late":
      return {
        subject: event.message,
        clause: `from ${event.from} to ${event.to} is ${paint("bad", "late")}: it misses this round`,
      };
    case "partition": {
      const [first, second] = event.sides.map((side) => listed(side)) as [string, string];
      const clause = event.oneWay
        ? `lets nothing through from ${first} to ${second} any more`
        : `${paint("bad", "splits")}: ${first} | ${second}`;
      return { subject: "the network", clause };
    }
    case "heal":
      return { subject: "the network", clause: `is ${paint("good", "whole again")}` };
    case "timeout": {
      const waiting = event.awaited.length > 0 ? ` waiting for ${listed(event.awaited)}` : "";
      const wrongly = event.mistaken === "suspicion" ? `${paint("bad", "wrongly")} ` : "";
      const late = event.mistaken === "late" ? ` (whose answer is ${paint("bad", "late")})` : "";
      return { subject: event.process, clause: `${wrongly}times out${waiting}${late}` };
    }
    case "tick":
      return {
        subject: event.process,
        clause: event.early ? `ends its round ${paint("bad", "early")}` : "ends its round",
      };
    case "deviate":
      return { subject: event.process, clause: `${event.text} (${paint("bad", event.failure)})` };
    case "crash": {
      const after = event.after === undefined ? "" : ` after ${event.after},`;
      const before = event.before === undefined ? "" : ` before ${event.before}`;
      return { subject: event.process, clause: `${paint("bad", "crashes")}${after}${before}` };
    }
    case "recover":
      return { subject: event.process, clause: paint("good", "recovers") };
    case "decide":
      return { subject: event.process, clause: `decides ${paint("strong", event.decision)}` };
    case "become":
      return { subject: event.process, clause: `enters ${event.state}` };
    case "note":
      return { subject: event.process, clause: event.text };
  }
}
