/**
 * The layout of a sequence diagram: a line for each process, time downwards. All that is written stands on the
 * lines of the processes, one thing below the other; messages run level across them and wait on tracks in
 * between, so that no line ever runs through a text.
 */
import { type Journey, journeysOf } from "../../check/journeys.js";
import type { Trace } from "../../check/result.js";
import { chipShapes } from "./chips.js";
import {
  bandShapes,
  lifeLine,
  MARGIN_LEFT,
  MARGIN_RIGHT,
  nameShapes,
  nameWidth,
  networkShapes,
  splitShapes,
} from "./ground.js";
import { downThePage, stretchOf } from "./page.js";
import { type Row, rowsOf } from "./rows.js";
import type { Picture } from "./shapes.js";
import { tracksFor, tracksNeeded } from "./tracks.js";
import { type Placed, type Side, sideOf, wiresOf } from "./wires.js";

const GAP_MIN = 30;
const TRACK = 9;
/** Between a column of chips and its nearest track, and between the tracks of two columns. */
const CLEAR = 13;
const BETWEEN = 8;
const HEAD = 30;
/** What is still under way runs on a little below the last step. */
const TAIL = 22;

/** @param causes the steps that led up to what is shown; the others are drawn lighter */
export function sequence(
  lanes: readonly string[],
  trace: Trace,
  causes: readonly number[] | null,
  top: number,
): Picture {
  const journeys = journeysOf(trace);
  const rows = rowsOf(trace, journeys);
  const names = lanesOf(lanes, rows);
  const isAside = (step: number) => causes !== null && step > 0 && !causes.includes(step);
  // Down the page first: which tracks are needed depends on it, and on them how far the lines stand apart.
  const { placed, bands, bottom: lastBottom } = downThePage(rows, top + HEAD);
  const bottom = lastBottom + TAIL;
  const cells = placed.flatMap(({ row, y }) => row.cells.map((cell) => ({ cell, y })));
  const stretches = journeys.flatMap((journey) => stretchOf(journey, cells, bottom) ?? []);
  const isBeside = (lane: string, side: Side) => (journey: Journey) =>
    journey.to === lane && sideOf(journey, names) === side;
  const tracks = (lane: string, side: Side) =>
    tracksFor(stretches.filter(({ key }) => isBeside(lane, side)(key)));
  const across = acrossThePage(names, rows, tracks);
  const { width, columnOf } = across;
  const trackX = (journey: Journey) => {
    const { x, half, left, right } = columnOf(journey.to);
    const side = sideOf(journey, names);
    const away = half + CLEAR + ((side === "left" ? left : right).get(journey) ?? 0) * TRACK;
    return side === "left" ? x - away : x + away;
  };
  const chips: Placed[] = cells.map(({ cell, y }) => ({ cell, y, x: columnOf(cell.lane).x }));
  const isDark = (step: number) => bands.some((band) => band.step === step && band.isDark);
  const moodOf = (step: number) =>
    [isDark(step) ? "banded" : "", isAside(step) ? "aside" : ""].filter(Boolean).join(" ");
  const shapes = [
    ...bandShapes(bands, width, isAside),
    ...splitShapes(placed, bottom, width),
    ...names.flatMap((name) =>
      lifeLine(
        columnOf(name).x,
        top,
        bottom,
        chips.filter(({ cell }) => cell.lane === name),
      ),
    ),
    ...wiresOf(journeys, chips, { names, trackX, isAside, bottom }),
    ...placed.flatMap((row) => networkShapes(row, width, isAside(row.row.step))),
    ...placed.flatMap(({ row, y }) =>
      row.cells.flatMap(({ chip, lane }) =>
        chipShapes(chip, columnOf(lane).x, y, moodOf(row.step)),
      ),
    ),
    ...names.flatMap((name) => nameShapes(name, columnOf(name).x, top)),
  ];
  return { width, height: bottom + 4, shapes };
}

/** The processes of the diagram, and whoever else takes part. */
function lanesOf(lanes: readonly string[], rows: readonly Row[]): readonly string[] {
  const cells = rows.flatMap(({ cells }) => cells);
  const others = cells.flatMap(({ lane, sends, ends }) => [
    lane,
    ...sends.map(({ to }) => to),
    ...(ends ? [ends.from] : []),
  ]);
  return [...new Set([...lanes, ...others])];
}

type Tracks = ReadonlyMap<Journey, number>;

interface Column {
  readonly x: number;
  /** Half as wide as its widest chip. */
  readonly half: number;
  readonly left: Tracks;
  readonly right: Tracks;
}

/** Where the line of each process stands: far enough from the next for the chips and the tracks of both. */
function acrossThePage(
  names: readonly string[],
  rows: readonly Row[],
  tracks: (lane: string, side: Side) => Tracks,
) {
  const columns = new Map<string, Column>();
  const room = (tracks: Tracks) => (tracks.size > 0 ? CLEAR + tracksNeeded(tracks) * TRACK : 0);
  let edge = MARGIN_LEFT;
  let before = 0;
  for (const [i, name] of names.entries()) {
    const own = rows.flatMap(({ cells }) => cells.filter(({ lane }) => lane === name));
    const half = Math.max(nameWidth(name), ...own.map(({ chip }) => chip.width)) / 2;
    const [left, right] = [tracks(name, "left"), tracks(name, "right")];
    if (i > 0) edge += Math.max(GAP_MIN, before + room(left) + BETWEEN);
    columns.set(name, { x: edge + half, half, left, right });
    edge += 2 * half;
    before = room(right);
  }
  const width = Math.ceil(edge + before + MARGIN_RIGHT);
  return { width, columnOf: (name: string) => columns.get(name)! };
}
