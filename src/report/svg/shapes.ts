/** What a picture consists of, with every measure settled: drawing it takes no more decisions. */
import { type Font, textWidth } from "./metrics.js";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export type Ending = "arrow" | "cross" | "ring";
export type Icon = "bolt" | "check" | "clock" | "cross" | "log" | "recover";

/** `look` is a class of the style sheet. */
export type Shape =
  | (Box & { readonly kind: "box"; readonly look: string; readonly radius: number })
  | (Point & {
      readonly kind: "text";
      readonly text: string;
      readonly look: string;
      readonly font: Font;
      readonly anchor: "start" | "middle" | "end";
    })
  | {
      readonly kind: "line";
      /** Corners are right angles, and are rounded when drawn. */
      readonly points: readonly Point[];
      readonly look: string;
      readonly ending: Ending | null;
    }
  | (Point & { readonly kind: "icon"; readonly icon: Icon; readonly look: string });

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** From the back to the front. */
  readonly shapes: readonly Shape[];
}

export const LINE_HEIGHT = 16;

/** The room that a line of text takes; `y` of the text is its baseline. */
export function boxOf({ x, y, text, font, anchor }: Extract<Shape, { kind: "text" }>): Box {
  const width = textWidth(text, font);
  const left = anchor === "start" ? x : anchor === "middle" ? x - width / 2 : x - width;
  return { x: left, y: y - font.size, width, height: font.size * 1.25 };
}

/** Lines of text below each other, the first in a line that begins at `top`. */
export function textLines(
  lines: readonly string[],
  at: { readonly x: number; readonly top: number },
  { look, font, anchor }: Pick<Extract<Shape, { kind: "text" }>, "look" | "font" | "anchor">,
): Shape[] {
  return lines.map((text, i) => ({
    kind: "text",
    text,
    x: at.x,
    y: at.top + i * LINE_HEIGHT + 12,
    look,
    font,
    anchor,
  }));
}
