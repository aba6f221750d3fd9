/** Concurrency sets as Markdown: a table for each role, and the traces with their diagrams. */
import type { ConcurrencyResult, ConditionResult } from "../check/concurrency-result.js";
import { PLAIN } from "./format.js";
import { escapeMarkdown, fenced, figures, sections, setting, table } from "./markdown.js";
import { diagram } from "./mermaid.js";
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
import { paintFor } from "./paint.js";
import { told } from "./told.js";
import { stepsOf } from "./traces.js";
import { SYMBOLS } from "./verdict.js";
import { counted } from "./words.js";

export function concurrencyMarkdown(result: ConcurrencyResult): string {
  return sections([
    `# Concurrency sets: ${escapeMarkdown(result.model)}`,
    setting(result),
    figures(result),
    ...cautions(result),
    ...result.tables.flatMap((ofRole) => [
      `## ${escapeMarkdown(tableTitle(ofRole))}`,
      table(
        ["state", "kind", "concurrency set"],
        ofRole.states.map((row) => [
          escapeMarkdown(row.state),
          kindText(row),
          setLines(row).map(escapeMarkdown).join("<br/>"),
        ]),
      ),
    ]),
    "## Skeen's conditions",
    table(["condition", "verdict", "claim", "violated by"], result.conditions.map(conditionRow)),
    `**${escapeMarkdown(conclusion(result).text)}**`,
    ...shownBy(result).flatMap((shown) => shownSections(result, shown)),
  ]);
}

function conditionRow(condition: ConditionResult): string[] {
  const { verdict, claims } = condition;
  return [
    conditionName(condition),
    `${SYMBOLS[verdict]} ${verdict === "undecided" ? "UNDECIDED" : verdict}`,
    escapeMarkdown(claims),
    violationSentences(condition).map(escapeMarkdown).join("<br/>"),
  ];
}

function shownSections({ lanes }: ConcurrencyResult, { title, trace }: Shown): string[] {
  return [
    `## ${escapeMarkdown(title)}`,
    `${counted(stepsOf(trace), "step")}, the shortest there is.`,
    fenced("text", told(trace, { paint: paintFor(PLAIN), width: PLAIN.width + 12, indent: "" })),
    fenced("mermaid", [diagram(lanes, trace, []).trimEnd()]),
  ];
}
