/** Down the page: where each row stands, and from where to where each message is on its way. */
import type { Journey } from "../../check/journeys.js";
import { networkHeight } from "./ground.js";
import type { Cell, Row } from "./rows.js";
import type { Stretch } from "./tracks.js";
import { isBeginOf, middleOf } from "./wires.js";

const ROW_GAP = 7;
const STEP_PADDING = 7;

export interface PlacedRow {
  readonly row: Row;
  /** Of its upper edge. */
  readonly y: number;
}

/** A step, from its upper to its lower edge. */
export interface Band {
  readonly step: number;
  readonly top: number;
  readonly bottom: number;
  readonly isDark: boolean;
}

export function downThePage(rows: readonly Row[], top: number) {
  const placed: PlacedRow[] = [];
  const bands: Band[] = [];
  let y = top;
  for (const row of rows) {
    const band = bands.at(-1);
    const isNew = band?.step !== row.step;
    const begins = isNew ? y : band.top;
    if (isNew) y += STEP_PADDING;
    placed.push({ row, y });
    const heights = row.cells.map(({ chip }) => chip.height);
    y += Math.max(networkHeight(row), ...heights) + ROW_GAP;
    const isDark = isNew ? bands.length % 2 === 1 : band.isDark;
    if (!isNew) bands.pop();
    bands.push({ step: row.step, top: begins, bottom: y, isDark });
  }
  return { placed, bands, bottom: y };
}

/** How long a line is that comes from nowhere: the trace does not tell who sent it. */
const FROM_NOWHERE = 16;

/** From where a message is sent down to where it ends; null for one that never leaves. */
export function stretchOf(
  journey: Journey,
  cells: readonly { readonly cell: Cell; readonly y: number }[],
  bottom: number,
): Stretch<Journey> | null {
  const begins = cells.find(({ cell }) => isBeginOf(cell, journey));
  const ends = cells.find(({ cell }) => cell.ends === journey);
  if (ends === undefined && journey.fate !== "under way") return null;
  const to = ends ? middleOf(ends) : bottom;
  return { key: journey, from: begins ? middleOf(begins) : to - FROM_NOWHERE, to };
}
