/** The ways of messages, as lines from chip to chip. */
import type { Journey } from "../../check/journeys.js";
import type { Cell } from "./rows.js";
import type { Ending, Point, Shape } from "./shapes.js";

export type Side = "left" | "right";

export interface Placed {
  readonly cell: Cell;
  readonly x: number;
  /** Of its upper edge. */
  readonly y: number;
}

export interface Page {
  readonly names: readonly string[];
  readonly trackX: (journey: Journey) => number;
  readonly isAside: (step: number) => boolean;
  readonly bottom: number;
}

type Wire = Extract<Shape, { kind: "line" }>;

/** On which side of its receiver a message arrives. */
export const sideOf = ({ from, to }: Journey, names: readonly string[]): Side =>
  names.indexOf(from) < names.indexOf(to) ? "left" : "right";

/** Where a chip has its lines. */
export const middleOf = ({ cell, y }: Pick<Placed, "cell" | "y">) => y + cell.chip.height / 2;

/** Whether a message comes from a chip, or as a copy becomes one there. */
export const isBeginOf = (cell: Cell, journey: Journey) =>
  journey.copied ? cell.touches === journey : cell.sends.includes(journey);

/** A line that breaks off, or begins nowhere, is so long. */
const STUB = 16;

export function wiresOf(
  journeys: readonly Journey[],
  cells: readonly Placed[],
  page: Page,
): Wire[] {
  const wires = journeys.flatMap((journey) => {
    const begins = cells.find(({ cell }) => isBeginOf(cell, journey));
    const ends = cells.find(({ cell }) => cell.ends === journey);
    const pointedOut = cells.filter(({ cell }) => cell.touches === journey);
    return [
      ...wiresOfOne(journey, begins, ends, journeys, page),
      ...pointedOut.map((placed) => hint(placed, page.trackX(journey))),
    ];
  });
  // Messages that leave together leave as one line: what arrives of them is what it looks like.
  const depth = ({ look }: Wire) => BACK_TO_FRONT.indexOf(look.split(" ")[0]!);
  return wires.sort((a, b) => depth(a) - depth(b));
}

const BACK_TO_FRONT = ["unread", "bad", "deviant", "open", "message", "hint"];

/** From its sender level to its track, down, and level to its receiver. */
function wiresOfOne(
  journey: Journey,
  begins: Placed | undefined,
  ends: Placed | undefined,
  journeys: readonly Journey[],
  page: Page,
): Wire[] {
  const look = lookOf(journey, page);
  if (ends === undefined && journey.fate !== "under way")
    return begins ? [stub(journey, begins, look, page.names)] : [];
  const x = page.trackX(journey);
  const start: Point[] = begins
    ? [
        { x: startOf(journey, begins, journeys, page), y: middleOf(begins) },
        { x, y: middleOf(begins) },
      ]
    : [{ x, y: ends ? middleOf(ends) - STUB : page.bottom - STUB }];
  if (ends === undefined) {
    const waiting = [start.at(-1)!, { x, y: page.bottom }];
    const leaving = begins ? [line(start, look.replace("open", "message"), null)] : [];
    return [...leaving, line(waiting, look, "arrow")];
  }
  const y = middleOf(ends);
  const edge = edgeTowards(ends, x);
  const gap = journey.fate === "received" ? 1 : 8;
  const end = { x: edge + (x < edge ? -gap : gap), y };
  return [line([...start, { x, y }, end], look, ENDINGS[journey.fate])];
}

/** The edge of its sender's chip; of a copy, the track of what it is a copy of. */
function startOf(journey: Journey, begins: Placed, journeys: readonly Journey[], page: Page) {
  const original = journeys.find(
    ({ copied, sent, to, message }) =>
      copied === null && sent === journey.sent && to === journey.to && message === journey.message,
  );
  return journey.copied && original
    ? page.trackX(original)
    : edgeTowards(begins, page.trackX(journey));
}

const ENDINGS: Readonly<Record<Journey["fate"], Ending>> = {
  received: "arrow",
  lost: "cross",
  omitted: "cross",
  ignored: "ring",
  "under way": "arrow",
};

const line = (points: readonly Point[], look: string, ending: Ending | null): Wire => ({
  kind: "line",
  points: points.filter(({ x, y }, i) => x !== points[i - 1]?.x || y !== points[i - 1]?.y),
  look,
  ending,
});

/** The edge of a chip that faces a place. */
function edgeTowards({ cell, x }: Placed, towards: number): number {
  return x + (towards < x ? -1 : 1) * (cell.chip.width / 2);
}

/** A message that never leaves: its line breaks off at once, in the direction of its receiver. */
function stub(journey: Journey, begins: Placed, look: string, names: readonly string[]): Wire {
  const way = sideOf(journey, names) === "left" ? 1 : -1;
  const x = begins.x + way * (begins.cell.chip.width / 2);
  const y = middleOf(begins);
  return line(
    [
      { x, y },
      { x: x + way * STUB, y },
    ],
    look,
    "cross",
  );
}

/** What is said of a message that goes on: its track, pointed out. */
function hint(placed: Placed, x: number): Wire {
  const y = middleOf(placed);
  return line(
    [
      { x: edgeTowards(placed, x), y },
      { x, y },
    ],
    "hint",
    null,
  );
}

function lookOf({ fate, sent, ended, as, from }: Journey, { isAside }: Page): string {
  const steps = [sent?.step, fate === "ignored" ? undefined : ended?.step];
  const aside = steps.some((step) => step !== undefined && isAside(step)) ? " aside" : "";
  if (fate === "lost" || fate === "omitted") return `bad${aside}`;
  if (fate === "ignored") return `unread${aside}`;
  if (fate === "under way") return `open${aside}`;
  return `${as === from ? "message" : "deviant"}${aside}`;
}
