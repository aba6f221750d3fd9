/** How much room text takes, as far as one can know without the reader's fonts. */

/** Advance widths of Helvetica in thousandths of its size, from the space to the tilde (Adobe's AFM files). */
const HELVETICA = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
  556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
  611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
  667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
  222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const OTHER = 650;
const FULL = 1000;
/** Other sans-serif fonts run wider: Segoe UI and Noto Sans by less than this, DejaVu Sans by as much. */
const ALLOWANCE = 1.2;
const BOLD = 1.07;

export interface Font {
  /** In pixels. */
  readonly size: number;
  readonly bold?: boolean;
}

export function textWidth(text: string, { size, bold = false }: Font): number {
  let sum = 0;
  for (const sign of text) {
    const code = sign.codePointAt(0)!;
    sum += HELVETICA[code - 32] ?? (code >= 0x2e80 ? FULL : OTHER);
  }
  return Math.ceil((sum / 1000) * size * ALLOWANCE * (bold ? BOLD : 1));
}

/** `text` in lines no wider than `width`, broken at spaces; a word that is wider is broken anywhere. */
export function linesOf(text: string, width: number, font: Font): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).flatMap((word) => piecesOf(word, width, font))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer, font) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === "" ? lines : [...lines, line];
}

function piecesOf(word: string, width: number, font: Font): string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const sign of word) {
    if (piece !== "" && textWidth(piece + sign, font) > width) {
      pieces.push(piece);
      piece = "";
    }
    piece += sign;
  }
  return [...pieces, piece];
}
