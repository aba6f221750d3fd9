/** The table of a matrix, fitted into the width of a terminal. */
import { isSurprise } from "../../check/matrix/outcome.js";
import { hanging, padEnd, unbroken, widthOf, wrap } from "../layout.js";
import type { Ink, Paint } from "../paint.js";
import { type Group, mark, type Row, type View, withoutParameters } from "./view.js";

export interface Page {
  readonly paint: Paint;
  readonly width: number;
}

/** What stands to the left of the verdicts; of these, failures may be broken into lines. */
interface LeftColumn {
  readonly title: string;
  readonly width: number;
  readonly least: number;
  readonly alignRight?: boolean;
  cell(row: Row): string;
}

interface VerdictColumn {
  readonly title: string;
  readonly index: number;
  readonly width: number;
}

const INDENT = "  ";
const GAP = "  ";
const RULE = "│";
/** Failures are not squeezed any narrower. */
const READABLE = 12;

/**
 * One table. Where it is too wide, the parameters move into headings, and then the names of the
 * properties above each other; at last there are several tables, with some of the properties each.
 */
export function grids(view: View, page: Page): string[][] {
  const folded = view.parameters.length > 0 ? [view, withoutParameters(view)] : [view];
  for (const given of folded) {
    const { left, columns } = columnsOf(given);
    const beside = columns.map((c) => ({ ...c, width: Math.max(c.width, c.title.length) }));
    const room = page.width - total(left.map(({ least }) => least));
    if (widthOfVerdicts(beside) <= room) return [grid(given, left, beside, page, false)];
    if (widthOfVerdicts(columns) <= room) return [grid(given, left, columns, page, true)];
  }
  const last = folded.at(-1)!;
  const { left, columns } = columnsOf(last);
  const room = page.width - total(left.map(({ least }) => least));
  return parts(columns, room).map((part) => grid(last, left, part, page, true));
}

function columnsOf(view: View) {
  const rows = view.groups.flatMap(({ rows }) => rows);
  const columns = view.properties.map((title, index) => ({
    title,
    index,
    width: Math.max(...rows.map((row) => widthOf(mark(row, row.verdicts[index]!)))),
  }));
  return { left: leftColumns(view, rows), columns };
}

/** With the gap after each. */
const total = (widths: readonly number[]) =>
  widths.reduce((sum, width) => sum + width + GAP.length, 0);

function leftColumns({ parameters, hasFaults }: View, rows: readonly Row[]): LeftColumn[] {
  const fixed = (title: string, cell: (row: Row) => string, alignRight = false): LeftColumn => {
    const width = Math.max(title.length, ...rows.map((row) => widthOf(cell(row))));
    return { title, width, least: width, cell, alignRight };
  };
  const faults = fixed("faults", ({ faults }) => faults);
  const clauses = rows.flatMap(({ faults }) => faults.split(" ").map(widthOf));
  const least = Math.min(faults.width, Math.max(READABLE, ...clauses));
  return [
    ...parameters.map((name, i) => fixed(name, (row) => row.parameters[i]!)),
    ...(hasFaults ? [{ ...faults, least }] : []),
    fixed("states", ({ states }) => states, true),
  ];
}

/** As many columns in each as there is room for, their titles in a staircase above them. */
function parts(columns: readonly VerdictColumn[], room: number): VerdictColumn[][] {
  const all: VerdictColumn[][] = [];
  for (const column of columns) {
    const part = all.at(-1);
    if (part && widthOfVerdicts([...part, column]) <= room) part.push(column);
    else all.push([column]);
  }
  return all;
}

function grid(
  { groups }: View,
  leftColumns: readonly LeftColumn[],
  columns: readonly VerdictColumn[],
  { paint, width }: Page,
  asStairs: boolean,
): string[] {
  const spare = width - widthOfVerdicts(columns) - total(leftColumns.map(({ least }) => least));
  const left = leftColumns.map((column) => ({
    ...column,
    width: Math.min(column.width, column.least + Math.max(0, spare)),
  }));
  const blank = left.map(() => "");
  const line = (leftCells: readonly string[], right: readonly string[]) =>
    `${INDENT}${[
      ...left.map(({ width, alignRight }, i) => padded(leftCells[i]!, width, alignRight)),
      ...right,
    ].join(GAP)}`.trimEnd();
  const titles = left.map(({ title }) => title);
  const steps = asStairs ? columns.map((_, last) => stair(columns.slice(0, last + 1))) : [];
  const heads = asStairs ? steps : [columns.map(({ title, width }) => padEnd(title, width))];
  const body = (row: Row) => {
    const cells = left.map(({ cell, width }) => wrap(cell(row), width));
    const height = Math.max(1, ...cells.map(({ length }) => length));
    const marks = columns.map(({ index, width }) => padEnd(painted(row, index, paint), width));
    return Array.from({ length: height }, (_, i) =>
      line(
        cells.map((lines) => lines[i] ?? ""),
        i === 0 ? marks : [],
      ),
    );
  };
  return [
    ...heads.map((right, i) =>
      paint("faint", line(i === heads.length - 1 ? titles : blank, right)),
    ),
    ...groups
      .filter(({ rows }) => rows.length > 0)
      .flatMap((group) => [...heading(group, { paint, width }), ...group.rows.flatMap(body)]),
  ];
}

/** A title may be wider than its column, and than all that stand to the right of it. */
function widthOfVerdicts(columns: readonly VerdictColumn[]): number {
  const ends = columns.map(
    ({ title, width }, i) =>
      total(columns.slice(0, i).map(({ width }) => width)) + Math.max(width, title.length),
  );
  return INDENT.length + Math.max(0, ...ends);
}

/** The title of the last of these columns, and a rule down to each one before it. */
function stair(columns: readonly VerdictColumn[]): string[] {
  return columns.map(({ title, width }, i) =>
    i === columns.length - 1 ? title : padEnd(RULE, width),
  );
}

function heading({ model, title, fixed }: Group, { paint, width }: Page): string[] {
  const setting = fixed.map(unbroken).join(" · ");
  return hanging(`${paint("strong", model)}  `, setting || title, width);
}

function padded(text: string, width: number, alignRight = false): string {
  return alignRight ? " ".repeat(Math.max(0, width - widthOf(text))) + text : padEnd(text, width);
}

function painted(row: Row, index: number, paint: Paint): string {
  const property = row.verdicts[index]!;
  return paint(inkOf(property), mark(row, property));
}

function inkOf(property: Row["verdicts"][number]): Ink {
  if (property === null) return "faint";
  if (property.verdict === "undecided") return "open";
  if (isSurprise(property)) return "bad";
  return property.verdict === "holds" ? "good" : "strong";
}
