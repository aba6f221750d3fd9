import type { Trace } from "../check/result.js";
import { type Ending, endings, inTransit } from "./ending.js";

interface Column {
  readonly title: string;
  readonly cell: (ending: Ending) => string;
}

const STATE: Column = {
  title: "state",
  cell: ({ state, up }) => (up ? (state ?? "–") : state === null ? "down" : `down (was ${state})`),
};
const LOG: Column = { title: "log", cell: ({ log }) => log.join(", ") || "–" };
const DECISION: Column = { title: "decision", cell: ({ decision }) => decision ?? "–" };

/** Where a trace leaves every process: a head and a row for each. Null when its events do not tell. */
export function endingTable(lanes: readonly string[], trace: Trace): string[][] | null {
  const rows = endings(lanes, trace);
  const underWay = inTransit(trace);
  const toReceive: Column = {
    title: "not yet received",
    cell: ({ process }) => {
      const messages = underWay.filter(({ to }) => to === process);
      const senders = [...new Set(messages.map(({ from }) => from))];
      const bySender = senders.map((sender) => {
        const its = messages.filter(({ from }) => from === sender);
        return `${its.map(({ message }) => message).join(", ")} from ${sender}`;
      });
      return bySender.join("; ") || "–";
    },
  };
  // A column that says nothing of anybody is left out.
  const telling = [STATE, LOG, DECISION, toReceive].filter(({ cell }) =>
    rows.some((row) => cell(row) !== "–"),
  );
  if (telling.length === 0) return null;
  return [
    ["process", ...telling.map(({ title }) => title)],
    ...rows.map((row) => [row.process, ...telling.map(({ cell }) => cell(row))]),
  ];
}
