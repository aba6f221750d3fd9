/** Two-phase and three-phase commit on one page: what each pays for not having what the other has. */
import type { CheckResult } from "../check/result.js";
import { escapeMarkdown, sections, table } from "./markdown.js";
import { SYMBOLS, verdictText } from "./verdict.js";
import { count } from "./words.js";

/** A scenario of each, and the property whose picture is shown. */
export interface Shown {
  readonly model: string;
  readonly scenario: string;
  readonly property: string;
  readonly says: string;
}

/** @param toReports the way from the page to the folder of reports */
export function sideBySide(
  results: readonly CheckResult[],
  shown: readonly Shown[],
  toReports: string,
): string {
  const find = ({ model, scenario }: Shown) =>
    results.find((result) => result.model === model && result.scenario === scenario);
  const names = [...new Set(results.flatMap(({ properties }) => properties.map((p) => p.name)))];
  const compared = results.filter(({ model }) => shown.some((one) => one.model === model));
  return sections([
    "# 2PC and 3PC, side by side",
    "Two-phase commit keeps its promise whatever fails, and may wait for ever; three-phase commit never waits for those that are down, and relies on knowing who is down.",
    table(
      ["protocol", "scenario", "faults", "states", ...names.map(escapeMarkdown)],
      compared.map((result) => [
        escapeMarkdown(result.model),
        escapeMarkdown(result.scenario ?? ""),
        escapeMarkdown(result.faults ?? ""),
        count(result.states),
        ...names.map((name) => {
          const property = result.properties.find((p) => p.name === name);
          return property ? SYMBOLS[property.verdict] : "";
        }),
      ]),
    ),
    ...shown.flatMap((one) => {
      const property = find(one)?.properties.find(({ name }) => name === one.property);
      const picture = `${toReports}/${one.model}/${one.scenario}/${one.property}`;
      return [
        `## ${escapeMarkdown(one.says)}`,
        `\`${one.model}\`, scenario \`${one.scenario}\`: ${one.property} ${property ? verdictText(property) : ""} ([told](${picture}.md)).`,
        `![${escapeMarkdown(one.says)}](${picture}.svg)`,
      ];
    }),
    "The reason, by local states: [two-phase commit](concurrency-two-phase-commit.md), [three-phase commit](concurrency-three-phase-commit.md).",
  ]);
}
