/** Concurrency sets for a person at a terminal. */
import type { ConcurrencyResult, LocalStateTable } from "../check/concurrency-result.js";
import { endingTable } from "./ending-table.js";
import { type Appearance, PLAIN } from "./format.js";
import { columns, hanging, padEnd, widthOf } from "./layout.js";
import {
  cautions,
  conclusion,
  conditionName,
  kindText,
  type Shown,
  setLines,
  shownBy,
  tableTitle,
  violationSentences,
} from "./nonblocking.js";
import { figures, heading, mistake, type Page, pageFor, textOf } from "./text-search.js";
import { told } from "./told.js";
import { isTold, stepsOf } from "./traces.js";
import { SYMBOLS } from "./verdict.js";
import { counted } from "./words.js";

export function concurrencyText(result: ConcurrencyResult, appearance: Appearance = PLAIN): string {
  const page = pageFor(appearance);
  const { ink, text } = conclusion(result);
  return textOf([
    heading(result, page),
    figures(result, page),
    cautions(result).flatMap((caution) => hanging(page.paint("open", "! "), caution, page.width)),
    ...result.tables.map((table) => tableLines(table, page)),
    conditionLines(result, page),
    ...shownBy(result).map((shown) => shownLines(result, shown, page)),
    mistake(result, page),
    hanging("", text, page.width, (line) => page.paint(ink, line)),
  ]);
}

function tableLines(table: LocalStateTable, { paint, width }: Page): string[] {
  const rows = table.states.map((row) => [row.state, kindText(row)] as const);
  const head = ["state", "kind"] as const;
  const widths = ([0, 1] as const).map((i) =>
    Math.max(...[head, ...rows].map((row) => widthOf(row[i]))),
  );
  const label = (cells: readonly string[]) =>
    `  ${cells.map((cell, i) => `${padEnd(cell, widths[i]!)}  `).join("")}`;
  return [
    ...hanging("", paint("strong", tableTitle(table)), width),
    paint("faint", `${label(head)}concurrency set`),
    ...table.states.flatMap((row, i) =>
      setLines(row).flatMap((line, j) =>
        hanging(label(j === 0 ? rows[i]! : ["", ""]), line, width),
      ),
    ),
  ];
}

function conditionLines({ conditions }: ConcurrencyResult, { paint, width }: Page): string[] {
  return conditions.flatMap((condition) => {
    const { verdict, claims } = condition;
    const ink = { holds: "good", violated: "strong", undecided: "open" } as const;
    const word = verdict === "undecided" ? "UNDECIDED" : verdict;
    const mark = paint(ink[verdict], SYMBOLS[verdict]);
    return [
      `${mark}  ${conditionName(condition)}  ${paint(ink[verdict], word)}`,
      ...hanging("   ", claims, width, (line) => paint("faint", line)),
      ...violationSentences(condition).flatMap((sentence) => hanging("   ", sentence, width)),
    ];
  });
}

function shownLines(
  { lanes }: ConcurrencyResult,
  { title, trace }: Shown,
  { paint, width }: Page,
): string[] {
  const length = `${counted(stepsOf(trace), "step")}, the shortest there is`;
  const table = isTold(trace) ? endingTable(lanes, trace) : null;
  return [
    ...hanging("", `${paint("strong", title)} (${length})`, width),
    "",
    ...told(trace, { paint, width, indent: "  " }),
    ...(table ? ["", "  At the end:", ...columns(table, "    ")] : []),
  ];
}
