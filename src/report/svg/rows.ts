/** A trace as rows of chips from top to bottom, before anybody knows where on the page they are. */
import type { Journey, Place } from "../../check/journeys.js";
import type { Trace } from "../../check/result.js";
import type { StepEvent } from "../../model/index.js";
import { listed } from "../words.js";
import { type Chip, chip, chipOf } from "./chips.js";

/** A chip on a process's line, and the messages that it has to do with. */
export interface Cell {
  readonly lane: string;
  readonly chip: Chip;
  readonly sends: readonly Journey[];
  readonly ends: Journey | null;
  /** A message that goes on from here: late, or one more. */
  readonly touches: Journey | null;
  /** From or up to here the process is down. */
  readonly crash: "down" | "up" | null;
}

/** Cells beside each other; or what happens to the whole network. */
export interface Row {
  readonly step: number;
  readonly cells: readonly Cell[];
  readonly network: { readonly text: string; readonly splits: boolean } | null;
}

/** Every row of a trace, in order. */
export function rowsOf(trace: Trace, journeys: readonly Journey[]): Row[] {
  return trace.flatMap(({ events }, step) => {
    if (step === 0) return beginning(events);
    const rows: Row[] = [];
    for (const [i, event] of events.entries()) {
      const row = rowOf(event, { step, event: i }, journeys, events);
      if (row === null) continue;
      rows.push(
        row,
        ...landings(
          row.cells.flatMap(({ sends }) => sends),
          step,
        ),
      );
    }
    const forgotten = journeys.filter(
      ({ fate, sent, ended }) => fate === "ignored" && ended?.step === step && sent?.step !== step,
    );
    return [...rows, ...landingRows(forgotten, step, ({ message }) => `${message}, not read`)];
  });
}

/** Where all are when it begins, side by side. */
function beginning(events: readonly StepEvent[]): Row[] {
  const cells = events.flatMap((event) =>
    event.type === "become" ? [cell(event.process, chipOf(event))] : [],
  );
  return cells.length === 0 ? [] : [{ step: 0, cells, network: null }];
}

const cell = (lane: string, chip: Chip, more: Partial<Cell> = {}): Cell => ({
  lane,
  chip,
  sends: [],
  ends: null,
  touches: null,
  crash: null,
  ...more,
});

const isAt = (at: { readonly step: number; readonly event: number | null } | null, place: Place) =>
  at?.step === place.step && at.event === place.event;

function rowOf(
  event: StepEvent,
  place: Place,
  journeys: readonly Journey[],
  events: readonly StepEvent[],
): Row | null {
  const row = (...cells: Cell[]): Row => ({ step: place.step, cells, network: null });
  const ending = () => journeys.find(({ ended }) => isAt(ended, place)) ?? null;
  switch (event.type) {
    case "send": {
      // The same message to one after the other leaves as one.
      const isSame = (other: StepEvent | undefined) =>
        other?.type === "send" &&
        other.from === event.from &&
        other.message === event.message &&
        other.as === event.as;
      if (isSame(events[place.event - 1])) return null;
      let last = place.event;
      while (isSame(events[last + 1])) last++;
      const sends = journeys.filter(
        ({ sent, copied }) =>
          copied === null &&
          sent?.step === place.step &&
          sent.event >= place.event &&
          sent.event <= last,
      );
      const forged = event.as === undefined ? "" : ` as ${event.as}`;
      const look = forged
        ? chip("deviant", event.message + forged, "bolt")
        : chip("message", event.message);
      return row(cell(event.from, look, { sends }));
    }
    case "receive": {
      const ends = ending();
      const forged = ends && ends.as !== ends.from ? ` as if from ${ends.as}` : "";
      return row(cell(event.process, chip("message", event.message + forged), { ends }));
    }
    case "lose": {
      const ends = ending();
      if (ends?.sent?.step === place.step) return null;
      return row(cell(event.to, chip("bad", `${event.message} is lost`), { ends }));
    }
    case "omit": {
      const ends = ending();
      if (event.side === "receive")
        return row(cell(event.process, chip("bad", `does not receive ${event.message}`), { ends }));
      const isTold = ends?.sent?.step === place.step && !isAt(ends.sent, place);
      if (isTold) return null;
      const text = `does not send ${event.message}`;
      return row(cell(event.process, chip("bad", text), { sends: ends ? [ends] : [] }));
    }
    case "late": {
      const touches = journeys.find(({ late }) => late.some((at) => isAt(at, place))) ?? null;
      return row(cell(event.to, chip("deviant", `${event.message} is late`, "bolt"), { touches }));
    }
    case "duplicate": {
      const touches = journeys.find(({ copied }) => isAt(copied, place)) ?? null;
      const text = `${event.message} is duplicated`;
      return row(cell(event.to, chip("deviant", text, "bolt"), { touches }));
    }
    case "partition": {
      const [first, second] = event.sides.map((side) => listed(side));
      const text = event.oneWay
        ? `Nothing gets through from ${first} to ${second} any more`
        : `The network splits: ${first} | ${second}`;
      return { step: place.step, cells: [], network: { text, splits: true } };
    }
    case "heal":
      return {
        step: place.step,
        cells: [],
        network: { text: "The network is whole again", splits: false },
      };
    default: {
      const crash = event.type === "crash" ? "down" : event.type === "recover" ? "up" : null;
      return row(cell(event.process, chipOf(event), { crash }));
    }
  }
}

const GONE: { readonly [fate in Journey["fate"]]?: string } = {
  lost: "lost",
  omitted: "not sent",
  ignored: "not read",
};

/** Where messages end in the very step in which they are sent. */
function landings(sends: readonly Journey[], step: number): Row[] {
  const gone = sends.filter(
    ({ fate, sent, ended }) =>
      GONE[fate] !== undefined && ended?.step === step && ended.event !== sent?.event,
  );
  return landingRows(gone, step, ({ fate }) => GONE[fate]!);
}

/** Side by side where they have different receivers. */
function landingRows(
  journeys: readonly Journey[],
  step: number,
  textOf: (journey: Journey) => string,
): Row[] {
  const rows: Cell[][] = [];
  for (const journey of journeys) {
    const look = journey.fate === "ignored" ? "note" : "bad";
    const landed = cell(journey.to, chip(look, textOf(journey)), { ends: journey });
    const free = rows.find((cells) => cells.every(({ lane }) => lane !== journey.to));
    if (free) free.push(landed);
    else rows.push([landed]);
  }
  return rows.map((cells) => ({ step, cells, network: null }));
}
