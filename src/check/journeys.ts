import type { StepEvent } from "../model/index.js";
import type { Trace } from "./result.js";

/** Where an event stands in a trace. */
export interface Place {
  readonly step: number;
  readonly event: number;
}

/**
 * What became of a message. `ignored`: it arrives at a process that takes no notice of it any more, or
 * that is down for good; nobody will ever see it.
 */
export type Fate = "received" | "lost" | "omitted" | "ignored" | "under way";

/** One copy of a message, from where it was sent to where it ended. */
export interface Journey {
  readonly from: string;
  /** In whose name it was sent, where that is forged; otherwise its sender. */
  readonly as: string;
  readonly to: string;
  readonly message: string;
  /** Null where the trace does not say: it was under way from the beginning. */
  readonly sent: Place | null;
  /** Where it became a message of its own, as a copy of one that was under way. */
  readonly copied: Place | null;
  readonly late: readonly Place[];
  readonly fate: Fate;
  /** The event that ended it. Null while it is under way; of one ignored, only the step is known. */
  readonly ended: { readonly step: number; readonly event: number | null } | null;
}

type Open = { -readonly [K in keyof Journey]: Journey[K] };
type Message = Pick<Journey, "as" | "to" | "message">;

/** Every message of a trace, in the order of sending. Of equal ones the first that was sent arrives first. */
export function journeysOf(trace: Trace): Journey[] {
  const journeys: Open[] = [];
  const find = (message: Message, matters: (open: Open) => boolean = () => true) =>
    journeys.find((open) => open.fate === "under way" && isSame(open, message) && matters(open));
  const begin = (
    message: Message,
    from: string,
    sent: Place | null,
    copied: Place | null = null,
  ) => {
    const { as, to, message: text } = message;
    const open = { as, to, message: text, from, sent, copied, late: [], ended: null };
    journeys.push({ ...open, fate: "under way" });
    return journeys.at(-1)!;
  };
  const end = (open: Open, fate: Fate, ended: Place) => Object.assign(open, { fate, ended });
  for (const [step, { events }] of trace.entries())
    for (const [i, event] of events.entries()) {
      const place = { step, event: i };
      const message = messageOf(event);
      if (message === null) continue;
      const justSent = (open: Open) => open.sent?.step === step;
      switch (event.type) {
        case "send":
          begin(message, event.from, place);
          break;
        case "receive":
          end(find(message) ?? begin(message, message.as, null), "received", place);
          break;
        case "lose":
          end(
            find(message, justSent) ?? find(message) ?? begin(message, message.as, null),
            "lost",
            place,
          );
          break;
        case "omit": {
          // What a process fails to send has no beginning elsewhere.
          const own = event.side === "send" ? find(message, justSent) : find(message);
          const from = event.side === "send" ? place : null;
          end(own ?? begin(message, message.as, from), "omitted", place);
          break;
        }
        case "late": {
          const open = find(message) ?? begin(message, message.as, null);
          open.late = [...open.late, place];
          break;
        }
        case "duplicate": {
          const of = find(message) ?? begin(message, message.as, null);
          begin(message, of.from, of.sent, place);
          break;
        }
      }
    }
  forgetIgnored(journeys, trace);
  return journeys;
}

/** The message that an event is about, as its receiver knows it. */
function messageOf(event: StepEvent): Message | null {
  switch (event.type) {
    case "send":
      return { as: event.as ?? event.from, to: event.to, message: event.message };
    case "receive":
      return { as: event.from, to: event.process, message: event.message };
    case "lose":
    case "omit":
    case "late":
    case "duplicate":
      return { as: event.from, to: event.to, message: event.message };
    default:
      return null;
  }
}

const isSame = (a: Message, b: Message) =>
  a.as === b.as && a.to === b.to && a.message === b.message;

/** Of the messages that no event ends, those that the states no longer have were ignored. */
function forgetIgnored(journeys: readonly Open[], trace: Trace): void {
  const last = trace.at(-1)?.underWay;
  if (!last) return;
  const left = [...last];
  // Of equal ones the first that was sent is gone first.
  for (const open of journeys.toReversed()) {
    if (open.fate !== "under way") continue;
    const at = left.findIndex(({ from, to, message }) => isSame(open, { as: from, to, message }));
    if (at >= 0) left.splice(at, 1);
    else
      Object.assign(open, { fate: "ignored", ended: { step: goneAt(open, trace), event: null } });
  }
}

/** The first step after which the states no longer have such a message. */
function goneAt(open: Open, trace: Trace): number {
  const begun = open.copied?.step ?? open.sent?.step ?? 0;
  const gone = trace.findIndex(
    ({ underWay }, step) =>
      step >= begun &&
      underWay?.every(({ from, to, message }) => !isSame(open, { as: from, to, message })),
  );
  return gone < 0 ? trace.length - 1 : gone;
}
