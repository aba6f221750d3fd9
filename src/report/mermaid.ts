/**
 * A trace as a Mermaid diagram: a protocol's as a sequence diagram, its processes as lanes; that of a
 * plain transition system as a chain of steps.
 */
import type { PropertyResult, Trace } from "../check/result.js";
import type { StepEvent } from "../model/index.js";
import { differences, stateLines } from "./difference.js";
import { inTransit } from "./ending.js";
import type { Format } from "./format.js";
import { isTold, onlyTrace } from "./traces.js";
import { listed } from "./words.js";

export const mermaid: Format = {
  name: "mermaid",
  help: "one trace as a Mermaid diagram",
  render: (result) => {
    const chosen = onlyTrace(result);
    const verdicts = result.properties.map(({ name, verdict }) => `${name}: ${verdict}`);
    const head = `%% ${oneLine(result.model)}, ${oneLine(verdicts.join(", "))}`;
    if (!chosen) return `${head}\n%% no property has a trace\n`;
    return `${head}\n${diagram(result.lanes, chosen.trace, chosen.properties)}`;
  },
};

/** The diagram of one trace; at its end stands why the properties are as they are. */
export function diagram(
  lanes: readonly string[],
  trace: Trace,
  properties: readonly PropertyResult[],
): string {
  const lines =
    isTold(trace) && lanes.length > 0 ? sequence(lanes, trace, properties) : chain(trace);
  return `${lines.join("\n")}\n`;
}

function sequence(
  lanes: readonly string[],
  trace: Trace,
  properties: readonly PropertyResult[],
): string[] {
  const id = (name: string) => `P${lanes.indexOf(name) + 1}`;
  const everybody = lanes.length > 1 ? `P1,P${lanes.length}` : "P1";
  const reasons = new Set(properties.flatMap(({ explanation }) => explanation));
  return [
    "sequenceDiagram",
    ...lanes.map((name) => `  participant ${id(name)} as ${escaped(name)}`),
    // Where all begin, nothing has happened yet.
    ...trace.flatMap(({ action, events }) =>
      action === null ? [] : stepLines(events, id, everybody),
    ),
    ...inTransit(trace).map(
      ({ from, to, message }) =>
        `  ${id(from)}--)${id(to)}: ${escaped(message)} (not yet received)`,
    ),
    ...[...reasons].map((sentence) => {
      const about = lanes.find((name) => sentence.startsWith(`${name} `));
      return `  Note over ${about ? id(about) : everybody}: ${noteText(sentence)}`;
    }),
  ];
}

/**
 * An arrow stands where a message arrives, or is lost. What a process does by itself, without a
 * message in between, is one note.
 */
function stepLines(
  events: readonly StepEvent[],
  id: (name: string) => string,
  everybody: string,
): string[] {
  const lines: string[] = [];
  let noted: string | null = null;
  const arrow = (line: string) => {
    lines.push(line);
    noted = null;
  };
  const crashing = events.some(({ type }) => type === "crash");
  for (const event of events) {
    // Its arrow comes later, or never; only where the sender is gone by then is it said here as well.
    if (event.type === "send" && !crashing) continue;
    if (event.type === "receive")
      arrow(`  ${id(event.from)}->>${id(event.process)}: ${escaped(event.message)}`);
    else if (event.type === "lose" || event.type === "omit")
      arrow(
        `  ${id(event.from)}-x${id(event.to)}: ${escaped(event.message)} (${GONE[event.type]})`,
      );
    else if (event.type === "late" || event.type === "duplicate")
      arrow(`  Note over ${id(event.from)},${id(event.to)}: ${noteOf(event)}`);
    else if (event.type === "partition" || event.type === "heal")
      arrow(`  Note over ${everybody}: ${noteOf(event)}`);
    else {
      const self = event.type === "send" ? event.from : event.process;
      if (noted === self) lines.push(`${lines.pop()}<br/>${noteOf(event)}`);
      else lines.push(`  Note over ${id(self)}: ${noteOf(event)}`);
      noted = self;
    }
  }
  return lines;
}

const GONE = { lose: "lost", omit: "omitted" } as const;

type Noted = Exclude<StepEvent, { readonly type: "receive" | "lose" | "omit" }>;

function noteOf(event: Noted): string {
  switch (event.type) {
    case "write":
      return `logs ${escaped(event.entry)}`;
    case "timeout":
      return event.awaited.length > 0
        ? `times out waiting for ${escaped(listed(event.awaited))}${event.mistaken ? " (wrongly)" : ""}`
        : "times out";
    case "tick":
      return event.early ? "⚡ ends its round early" : "ends its round";
    case "late":
      return `⚡ ${escaped(event.message)} is late`;
    case "duplicate":
      return `⚡ ${escaped(event.message)} is duplicated`;
    case "partition":
      return `⚡ ${event.sides.map((side) => escaped(listed(side))).join(event.oneWay ? " ↛ " : " ∥ ")}`;
    case "heal":
      return "the network is whole again";
    case "deviate":
      return `⚡ ${noteText(`${event.failure}: ${event.text}`)}`;
    case "send":
      return `sends ${escaped(event.message)} to ${escaped(event.to)}${event.as === undefined ? "" : ` as ${escaped(event.as)}`}`;
    case "crash":
      return event.before === undefined
        ? "✗ crashes"
        : `✗ ${noteText(`crashes before ${event.before}`)}`;
    case "recover":
      return "↻ recovers";
    case "decide":
      return `decides ${escaped(event.decision)}`;
    case "become":
      return `enters ${escaped(event.state)}`;
    case "note":
      return noteText(event.text);
  }
}

function chain(trace: Trace): string[] {
  return [
    "flowchart TD",
    ...trace.flatMap(({ action, state }, i) => {
      const before = trace[i - 1];
      const lines = before ? differences(before.state, state) : stateLines(state);
      const node = `s${i}["${lines.map(escaped).join("<br/>") || "(nothing changes)"}"]`;
      return before ? [`  s${i - 1} -->|"${escaped(action ?? "")}"| ${node}`] : [`  ${node}`];
    }),
  ];
}

/** Long sentences are broken, as a note is as wide as its longest line. */
function noteText(sentence: string): string {
  return escaped(sentence).replace(/(.{30,}?) /g, "$1<br/>");
}

/**
 * Text that Mermaid takes literally: what has a meaning to it goes in as a character code. `end` by
 * itself would close a block.
 */
function escaped(text: string): string {
  return oneLine(text)
    .replace(/[#;"<>&`%]/g, (sign) => `#${sign.charCodeAt(0)};`)
    .replace(/\bend\b/gi, (word) => `#${word.charCodeAt(0)};${word.slice(1)}`);
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();
