/** Results as Markdown: a table of verdicts, and a page for a counterexample with its diagram. */
import type { ToldResult } from "../check/matrix/restore.js";
import type { PropertyResult, SearchResult } from "../check/result.js";
import { endingTable } from "./ending-table.js";
import { type Format, PLAIN } from "./format.js";
import { diagram } from "./mermaid.js";
import { nearestNotes, nearestRuns } from "./nearest.js";
import { paintFor } from "./paint.js";
import { ASIDES, hasAsides, told } from "./told.js";
import { type Counterexample, causesOf, counterexamples, isTold, stepsOf } from "./traces.js";
import { conclusion, distance, reasonsOf, STOPPED, SYMBOLS, verdictText } from "./verdict.js";
import { count, counted, listed } from "./words.js";

export const markdown: Format = {
  name: "markdown",
  help: "verdicts and counterexamples as Markdown, with Mermaid diagrams",
  render: (result) =>
    sections([
      `# ${escapeMarkdown(result.model)}${result.scenario ? `: ${escapeMarkdown(result.scenario)}` : ""}`,
      setting(result),
      figures(result),
      table(
        ["property", "verdict", "trace", "claim"],
        result.properties.map((property) => [
          escapeMarkdown(property.name),
          verdictCell(property),
          distance(property),
          escapeMarkdown(property.claims ?? ""),
        ]),
      ),
      ...result.warnings.map(({ message }) => `Warning: ${escapeMarkdown(message)}`),
      ...counterexamples(result).flatMap((found) =>
        counterexampleSections(
          result,
          found,
          "##",
          fenced("mermaid", [diagram(result.lanes, found.trace, found.properties).trimEnd()]),
        ),
      ),
      `**${conclusion(result).text}**`,
    ]),
};

/**
 * A page about one counterexample; without a scenario it says of no verdict that it was expected.
 * @param picture the file with its diagram; null to have a Mermaid diagram in the page itself
 */
export function counterexamplePage(
  result: ToldResult,
  found: Counterexample,
  picture: string | null,
): string {
  const names = listed(found.properties.map(({ name }) => name));
  const be = found.properties.length > 1 ? "are" : "is";
  const image =
    picture === null
      ? fenced("mermaid", [diagram(result.lanes, found.trace, found.properties).trimEnd()])
      : `![How ${escapeMarkdown(names)} ${be} violated, as a sequence diagram](${picture})`;
  return sections([
    ...counterexampleSections(result, found, "#", image, result.scenario !== null),
    `Model \`${result.model}\`${result.scenario ? `, scenario \`${result.scenario}\`` : ""}.`,
    setting(result),
  ]);
}

function counterexampleSections(
  { lanes }: ToldResult,
  found: Counterexample,
  mark: string,
  picture: string,
  judged = true,
): string[] {
  const { properties, trace } = found;
  const causes = causesOf(found);
  const page = { paint: paintFor(PLAIN), width: PLAIN.width + 12, indent: "" };
  const names = properties.map(({ name }) => escapeMarkdown(name));
  const expected = properties.every((property) => property.expected === "violated");
  const length = counted(stepsOf(trace), "step");
  const judgement = judged ? `; ${expected ? "as expected" : "NOT expected"}` : "";
  const reasons = reasonsOf(properties).flatMap(({ sentences }) => sentences);
  const rows = isTold(trace) ? endingTable(lanes, trace) : null;
  return [
    `${mark} How ${listed(names)} ${names.length > 1 ? "are" : "is"} violated`,
    ...properties.flatMap(({ claims }) => (claims ? [`> ${escapeMarkdown(claims)}`] : [])),
    `${length}${properties.every(({ shortest }) => shortest) ? ", the shortest there is" : ""}${judgement}.`,
    fenced("text", told(trace, { ...page, causes })),
    hasAsides(trace, causes) ? ASIDES : "",
    ...(reasons.length > 0 ? [reasons.map((line) => `- ${escapeMarkdown(line)}`).join("\n")] : []),
    ...(rows?.[0]
      ? [
          table(
            rows[0],
            rows.slice(1).map((row) => row.map(escapeMarkdown)),
          ),
        ]
      : []),
    picture,
    ...nearestRuns(properties).flatMap(({ lead, rest, ...run }) => [
      escapeMarkdown(lead),
      run.from <= run.to ? fenced("text", told(run.trace, { ...page, ...run })) : "",
      rest === null ? "" : `… ${rest}.`,
    ]),
    ...nearestNotes(properties).map(escapeMarkdown),
  ];
}

/** What was searched, as bullets. */
export function setting({
  title,
  summary,
  parameters,
  faults,
}: Pick<SearchResult, "title" | "summary" | "parameters" | "faults">): string {
  const values = Object.entries(parameters).map(([name, value]) => `${name} ${value}`);
  if (faults) values.push(`faults ${faults}`);
  const parts = [
    title,
    ...(summary ? [summary] : []),
    ...(values.length ? [values.join(", ")] : []),
  ];
  return parts.map((part) => `- ${escapeMarkdown(part)}`).join("\n");
}

/** How far the search came, in one line. */
export function figures({ states, transitions, depth, complete, stoppedBy }: SearchResult): string {
  const found = `${counted(states, "state")}, ${counted(transitions, "transition")}, depth ${count(depth)}`;
  if (complete) return `${found}.`;
  return `${found}: not the whole state space${stoppedBy ? `, ${STOPPED[stoppedBy]}` : ""}.`;
}

function verdictCell(property: PropertyResult): string {
  return `${SYMBOLS[property.verdict]} ${verdictText(property)}`;
}

/** @param rows cells that are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

export function sections(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** Signs that Markdown would take for its own. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_<>[\]]/g, (sign) => `\\${sign}`);
}

const FENCE = "```";

/** A block of code. */
export function fenced(language: string, lines: readonly string[]): string {
  return [`${FENCE}${language}`, ...lines, FENCE].join("\n");
}
