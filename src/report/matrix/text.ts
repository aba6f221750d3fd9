/** A matrix for a person at a terminal. */
import type { Cell, MatrixRun } from "../../check/matrix.js";
import { type Appearance, PLAIN } from "../format.js";
import { hanging, unbroken } from "../layout.js";
import { paintFor } from "../paint.js";
import { grids } from "./grid.js";
import { conclusionOf, notesOf } from "./notes.js";
import { mark, type Row, type View, viewOf } from "./view.js";

/** How the counterexamples can be seen: the files that show them, or else commands. */
export interface Showing {
  readonly title: string;
  /** For a cell some of whose properties are violated. */
  lines(cell: Cell, violated: readonly string[], width: number): readonly string[];
}

export function matrixText(
  run: MatrixRun,
  showing: Showing,
  appearance: Appearance = PLAIN,
): string {
  const view = viewOf(run);
  const paint = paintFor(appearance);
  const width = Math.max(40, appearance.width);
  const conclusion = conclusionOf(run);
  const sections = [
    ...grids(view, { paint, width }),
    hanging("", legend(view).map(unbroken).join(" · "), width, (line) => paint("faint", line)),
    counterexamples(view, showing, width),
    ...notesOf(view).map(({ title, ink, items }) => [
      paint(ink, `${title}:`),
      ...items.flatMap((item) => hanging("  ", item, width)),
    ]),
    hanging("", conclusion.text, width, (line) => paint(conclusion.ink, line)),
  ];
  const filled = sections.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

const MEANINGS = [
  ["✓", "✓ holds"],
  ["✗", "✗ 4 violated, by a trace of 4 steps"],
  ["!", "! not as expected"],
  ["?", "? undecided"],
  ["–", "– does not apply"],
  ["≥", "≥ not the whole state space"],
] as const;

/** The marks that are in the table, and what they mean. */
function legend(view: View): string[] {
  const used = view.groups.flatMap(({ rows }) => rows.flatMap(signsIn)).join("");
  return MEANINGS.flatMap(([sign, meaning]) => (used.includes(sign) ? [meaning] : []));
}

const signsIn = (row: Row) => [row.states, ...row.verdicts.map((verdict) => mark(row, verdict))];

function counterexamples({ groups }: View, { title, lines }: Showing, width: number): string[] {
  const found = groups.flatMap(({ rows }) =>
    rows.flatMap(({ cell, result }) => {
      const violated = (result?.properties ?? []).filter(({ trace }) => trace !== null);
      return violated.length === 0
        ? []
        : lines(
            cell,
            violated.map(({ name }) => name),
            width,
          );
    }),
  );
  return found.length > 0 ? [`${title}:`, ...found] : [];
}
