/**
 * The folder `reports/`: a table of every scenario's verdicts, and a page for each counterexample.
 * Nothing in it depends on the machine or the time, so that a change in it is a change of a verdict.
 */
import { isUnexpected } from "../check/outcome.js";
import type { CheckResult, PropertyResult } from "../check/result.js";
import { counterexamplePage, escapeMarkdown, sections, table } from "./markdown.js";
import { diagramSvg } from "./svg/svg.js";
import { counterexamples } from "./traces.js";
import { SYMBOLS, verdictText } from "./verdict.js";
import { count } from "./words.js";

/**
 * The contents of every file by its path within the folder.
 * @param more paragraphs of the overview, on what else there is in the folder
 */
export function reportPages(
  results: readonly CheckResult[],
  more: readonly string[] = [],
): ReadonlyMap<string, string> {
  const pages = new Map([["README.md", overview(results, more)]]);
  for (const result of results)
    for (const found of counterexamples(result)) {
      const picture = `${found.properties[0]!.name}.svg`;
      pages.set(pathOf(result, found.properties[0]!), counterexamplePage(result, found, picture));
      pages.set(pathOf(result, found.properties[0]!, "svg"), diagramSvg(result, found));
    }
  return pages;
}

function overview(results: readonly CheckResult[], more: readonly string[]): string {
  const models = [...new Set(results.map(({ model }) => model))].map((name) =>
    results.filter(({ model }) => model === name),
  );
  return sections([
    "# Verdicts",
    "Every scenario of every model that comes with Faultline, as `faultline report` finds it. These files are generated: do not edit them.",
    "✓ holds, ✗ is violated: the link leads to the shortest trace, told and drawn. A verdict that is not the one the literature leads one to expect would stand here in bold words.",
    ...more,
    ...models.map(modelSection),
  ]);
}

function modelSection(results: readonly CheckResult[]): string {
  const { model, title } = results[0]!;
  const properties = new Map(
    results.flatMap(({ properties }) => properties.map(({ name, claims }) => [name, claims])),
  );
  const names = [...properties.keys()];
  return sections([
    `## ${escapeMarkdown(model)}`,
    `${escapeMarkdown(title)}.`,
    table(
      ["scenario", "states", "transitions", "depth", ...names.map(escapeMarkdown)],
      results.map((result) => [
        escapeMarkdown(scenarioName(result)),
        count(result.states),
        count(result.transitions),
        count(result.depth),
        ...names.map((name) => verdictOf(result, name)),
      ]),
    ),
    bullets(
      "Scenarios",
      results.map((result) => [scenarioName(result), setting(result)]),
    ),
    bullets(
      "Properties",
      [...properties].flatMap(([name, claims]) => (claims === null ? [] : [[name, claims]])),
    ),
    ...results.flatMap(({ warnings }) =>
      warnings.map(({ message }) => `Warning: ${escapeMarkdown(message)}`),
    ),
  ]).trimEnd();
}

const scenarioName = ({ scenario }: CheckResult) => scenario ?? "default";

function setting({ summary, parameters, faults }: CheckResult): string {
  const values = Object.entries(parameters).map(([name, value]) => `${name} ${value}`);
  if (faults) values.push(`faults ${faults}`);
  return [...(summary ? [summary] : []), values.join(", ")].filter(Boolean).join("; ");
}

type Item = readonly [name: string, text: string];

function bullets(title: string, items: readonly Item[]): string {
  if (items.length === 0) return "";
  const lines = items.map(
    ([name, text]) => `- **${escapeMarkdown(name)}**: ${escapeMarkdown(text)}`,
  );
  return [`${title}:`, "", ...lines].join("\n");
}

function verdictOf(result: CheckResult, name: string): string {
  const property = result.properties.find((property) => property.name === name);
  if (!property) return "";
  const cell = isUnexpected(property) ? `**${verdictText(property)}**` : SYMBOLS[property.verdict];
  const page = counterexamples(result).find(({ properties }) => properties.includes(property));
  return page ? `[${cell}](${pathOf(result, page.properties[0]!)})` : cell;
}

/** Properties that share a trace share the page of the first. */
function pathOf(
  { model, scenario }: CheckResult,
  { name }: PropertyResult,
  extension = "md",
): string {
  return [model, scenario ?? "default", `${name}.${extension}`].join("/");
}
