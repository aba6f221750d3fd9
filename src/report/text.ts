/** The report for a person at a terminal. */
import type { CheckResult } from "../check/result.js";
import { endingTable } from "./ending-table.js";
import { type Appearance, type Format, PLAIN } from "./format.js";
import { columns, hanging } from "./layout.js";
import { type Nearest, nearestNotes, nearestRuns } from "./nearest.js";
import { figures, heading, mistake, type Page, pageFor, textOf } from "./text-search.js";
import { ASIDES, hasAsides, told } from "./told.js";
import { type Counterexample, causesOf, counterexamples, isTold, stepsOf } from "./traces.js";
import {
  conclusion,
  distance,
  type Reasons,
  reasonsOf,
  SYMBOLS,
  verdictInk,
  verdictText,
} from "./verdict.js";
import { counted, listed } from "./words.js";

export const text: Format = {
  name: "text",
  help: "a report for a person (the default)",
  render: (result, appearance: Appearance = PLAIN) => {
    const page = pageFor(appearance);
    return textOf([
      heading(result, page),
      figures(result, page),
      verdicts(result, page),
      warnings(result, page),
      ...counterexamples(result).map((found) => counterexample(result, found, page)),
      mistake(result, page),
      closing(result, page),
    ]);
  },
};

function verdicts({ properties }: CheckResult, { paint, width }: Page): string[] {
  const rows = columns(
    properties.map((property) => {
      const ink = verdictInk(property);
      const verdict = [verdictText(property), distance(property)].filter(Boolean).join("; ");
      return [paint(ink, SYMBOLS[property.verdict]), property.name, paint(ink, verdict)];
    }),
  );
  return properties.flatMap(({ claims, trace, explanation }, i) => [
    rows[i]!,
    ...(claims === null ? [] : hanging("   ", claims, width, (line) => paint("faint", line))),
    // With a trace the explanation stands at its end.
    ...(trace === null ? explanation.flatMap((line) => hanging("   ", line, width)) : []),
  ]);
}

function warnings({ warnings }: CheckResult, { paint, width }: Page): string[] {
  return warnings.flatMap(({ message }) => hanging(paint("open", "! "), message, width));
}

function counterexample(
  { lanes }: CheckResult,
  found: Counterexample,
  { paint, width }: Page,
): string[] {
  const { properties, trace } = found;
  const causes = causesOf(found);
  const names = listed(properties.map(({ name }) => name));
  const reasons = reasonsOf(properties);
  const be = properties.length > 1 ? "are" : "is";
  const shared = properties.length > 1 ? ", one trace for all" : "";
  const length = `${counted(stepsOf(trace), "step")}${properties.every(({ shortest }) => shortest) ? ", the shortest there is" : ", perhaps not the shortest"}`;
  const table = isTold(trace) ? endingTable(lanes, trace) : null;
  return [
    ...hanging("", `${paint("strong", `How ${names} ${be} violated`)} (${length}${shared})`, width),
    "",
    ...told(trace, { paint, width, indent: "  ", causes }),
    ...(hasAsides(trace, causes) ? ["", paint("faint", `  ${ASIDES}`)] : []),
    ...(table ? ["", "  At the end:", ...columns(table, "    ", width)] : []),
    ...reasons.flatMap((reason) => why(reason, reasons.length > 1, { paint, width })),
    ...nearestRuns(properties).flatMap((nearest) => nearestLines(nearest, { paint, width })),
    ...nearestNotes(properties).flatMap((note) => [
      "",
      ...hanging("  ", note, width, (line) => paint("faint", line)),
    ]),
  ];
}

function nearestLines({ lead, rest, ...run }: Nearest, { paint, width }: Page): string[] {
  const { trace, from, to } = run;
  return [
    "",
    ...hanging("  ", lead, width),
    ...(from <= to ? told(trace, { paint, width, indent: "    ", from, to }) : []),
    ...(rest === null ? [] : hanging("    … ", rest, width)),
  ];
}

function why({ properties, sentences, more }: Reasons, named: boolean, { width }: Page): string[] {
  const names = listed(properties.map(({ name }) => name));
  const be = properties.length > 1 ? "are" : "is";
  const title = `Why ${names} ${be} violated${more ? ", besides what stands above" : ""}:`;
  return [
    "",
    ...hanging("  ", named ? title : "Why:", width),
    ...sentences.flatMap((sentence) => hanging("    ", sentence, width)),
  ];
}

function closing(result: CheckResult, { paint, width }: Page): string[] {
  const { ink, text } = conclusion(result);
  return hanging("", text, width, (line) => paint(ink, line));
}
