import type { Cell } from "../../check/matrix.js";
import { widthOf } from "../layout.js";
import type { Showing } from "./text.js";

/**
 * Commands that check a violated cell again by itself. Every parameter is named, also where it has its
 * default, so that no scenario can bring another value of it.
 *
 * @param wordOf what the command line calls a model
 */
export function asCommands(wordOf: (model: string) => string): Showing {
  return {
    title: "The counterexamples are shown by",
    lines: (cell, _violated, width) => folded(commandFor(cell, wordOf(cell.model)), width),
  };
}

/** The command in pieces between which a line may be broken. */
function commandFor({ parameters, faults }: Cell, word: string): string[] {
  const options = Object.entries(parameters).map(([name, value]) => [name, String(value)] as const);
  const all = faults === null ? options : [...options, ["faults", faults] as const];
  return [
    `faultline check ${quoted(word)}`,
    ...all.map(([name, value]) => `--${name} ${quoted(value)}`),
  ];
}

/** A line that is broken can still be copied to a shell. */
function folded(pieces: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = " ";
  for (const piece of pieces) {
    if (line.trim() !== "" && widthOf(`${line} ${piece} \\`) > width) {
      lines.push(`${line} \\`);
      line = "   ";
    }
    line = `${line} ${piece}`;
  }
  return [...lines, line];
}

function quoted(text: string): string {
  if (/^[\w./=,:@%+-]+$/.test(text)) return text;
  return /["$`\\!]/.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : `"${text}"`;
}
