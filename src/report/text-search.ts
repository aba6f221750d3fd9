/** What the reports of all searches share, for a person at a terminal. */
import type { SearchResult } from "../check/result.js";
import type { Appearance } from "./format.js";
import { hanging, unbroken } from "./layout.js";
import { mistakeLines } from "./mistake.js";
import { type Paint, paintFor } from "./paint.js";
import { told } from "./told.js";
import { STOPPED } from "./verdict.js";
import { bytes, counted, duration } from "./words.js";

export interface Page {
  readonly paint: Paint;
  readonly width: number;
}

export function pageFor(appearance: Appearance): Page {
  return { paint: paintFor(appearance), width: Math.max(40, appearance.width) };
}

/** Sections with an empty line in between; one without lines is left out. */
export function textOf(sections: readonly (readonly string[])[]): string {
  const filled = sections.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** What was searched. */
export function heading(result: SearchResult, { paint, width }: Page): string[] {
  const { model, title, scenario, summary, parameters, faults } = result;
  const setting = [
    ...Object.entries(parameters).map(([name, value]) => `${name} ${value}`),
    ...(faults === null ? [] : [`faults ${faults === "" ? "none" : faults}`]),
  ];
  const described =
    scenario === null ? "none of the model's own" : `${scenario}${summary ? `: ${summary}` : ""}`;
  return [
    ...hanging("", `${paint("strong", model)}  ${title}`, width),
    ...hanging("scenario    ", described, width),
    ...(setting.length > 0
      ? hanging("parameters  ", setting.map(unbroken).join(" · "), width)
      : []),
  ];
}

/** How far the search came. */
export function figures(result: SearchResult, { paint, width }: Page): string[] {
  const { states, transitions, depth, complete, stoppedBy, stopNote, search } = result;
  const found = [
    counted(states, "state"),
    counted(transitions, "transition"),
    `depth ${depth}`,
    duration(result.elapsedSeconds),
    bytes(result.peakMemoryBytes),
  ];
  const how = search === "dfs" ? ["depth-first"] : [];
  const lines = hanging("searched    ", [...found, ...how].map(unbroken).join(" · "), width);
  if (complete) return lines;
  const why =
    stoppedBy === null ? "" : `: ${STOPPED[stoppedBy]}${stopNote ? ` (${stopNote})` : ""}`;
  const ink = stoppedBy === "decided" ? "faint" : "open";
  return [
    ...lines,
    ...hanging("            ", `not the whole state space${why}`, width, (line) =>
      paint(ink, line),
    ),
  ];
}

/** The mistake that ended it, if one did. */
export function mistake(result: SearchResult, { paint, width }: Page): string[] {
  if (result.mistake === null) return [];
  const { mistake, trace } = result.mistake;
  return [
    ...mistakeLines(mistake, { paint, width }),
    ...(trace ? ["", "The trace to it:", "", ...told(trace, { paint, width, indent: "  " })] : []),
  ];
}
