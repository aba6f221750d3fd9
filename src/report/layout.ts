/** Text set in lines and columns; escape sequences take no room. */
import { stripVTControlCharacters } from "node:util";

export const widthOf = (text: string) => stripVTControlCharacters(text).length;

export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** A space at which no line is broken: it keeps a number and its unit together. */
const HARD_SPACE = "\u00a0";

export const unbroken = (text: string) => text.replaceAll(" ", HARD_SPACE);

/** `text` in lines of at most `width`, broken at spaces; a word that is longer stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((line) => line.replaceAll(HARD_SPACE, " "));
}

/** `text` after a label, its further lines set under its first, each painted by itself. */
export function hanging(
  label: string,
  text: string,
  width: number,
  paintLine = (line: string) => line,
): string[] {
  const indent = widthOf(label);
  return wrap(text, Math.max(24, width - indent)).map(
    (line, i) => (i === 0 ? label : " ".repeat(indent)) + paintLine(line),
  );
}

/** Rows in columns as wide as their widest cell, two spaces apart; the last is wrapped, not padded. */
export function columns(
  rows: readonly (readonly string[])[],
  indent = "",
  width = Number.POSITIVE_INFINITY,
): string[] {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, i) => Math.max(widest[i] ?? 0, widthOf(cell))),
    [],
  );
  return rows.flatMap((row) => {
    const label = row.slice(0, -1).map((cell, i) => `${padEnd(cell, widths[i]!)}  `);
    return hanging(indent + label.join(""), row.at(-1) ?? "", width).map((line) => line.trimEnd());
  });
}
