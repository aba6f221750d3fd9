/** The layout of a trace of a plain transition system: a chain of steps, each with what it changes. */
import type { Trace } from "../../check/result.js";
import { differences, stateLines } from "../difference.js";
import { linesOf, textWidth } from "./metrics.js";
import { LINE_HEIGHT, type Picture, type Shape, textLines } from "./shapes.js";

const FONT = { size: 12 };
const BOLD = { size: 12, bold: true };
const TEXT_WIDTH_MAX = 560;
const MARGIN = 16;
const PADDING = 8;
const GUTTER = 34;
/** Between two boxes, with the arrow and the action's name beside it. */
const BETWEEN = 34;

export function chain(trace: Trace, top: number): Picture {
  const boxes = trace.map(({ state }, i) => {
    const before = trace[i - 1];
    const told = before ? differences(before.state, state) : stateLines(state);
    const lines = told.flatMap((line) => linesOf(line, TEXT_WIDTH_MAX, FONT));
    return lines.length > 0 ? lines : ["(nothing changes)"];
  });
  const left = MARGIN + GUTTER;
  const widest = Math.max(...boxes.flat().map((line) => textWidth(line, FONT)));
  const boxWidth = widest + 2 * PADDING;
  const actions = trace.map(({ action }) => textWidth(action ?? "", BOLD) + 40);
  const shapes: Shape[] = [];
  let y = top;
  for (const [i, lines] of boxes.entries()) {
    const height = lines.length * LINE_HEIGHT + 8;
    const { action } = trace[i]!;
    if (i > 0) {
      const x = left + 20;
      const points = [
        { x, y },
        { x, y: y + BETWEEN - 1 },
      ];
      const name = { kind: "text", text: action ?? "", x: x + 12, y: y + 21 } as const;
      shapes.push(
        { kind: "line", points, look: "message", ending: "arrow" },
        { ...name, look: "title", font: BOLD, anchor: "start" },
      );
      y += BETWEEN;
    }
    shapes.push(
      { kind: "box", look: "chip log", x: left, y, width: boxWidth, height, radius: 4 },
      {
        kind: "text",
        text: String(i),
        x: MARGIN + 14,
        y: y + 16,
        look: "number",
        font: FONT,
        anchor: "end",
      },
      ...textLines(
        lines,
        { x: left + PADDING, top: y + 4 },
        { look: "plain", font: FONT, anchor: "start" },
      ),
    );
    y += height;
  }
  return { width: left + Math.max(boxWidth, ...actions) + MARGIN, height: y + 6, shapes };
}
