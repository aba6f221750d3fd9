/** What lies behind the chips and the messages: the steps' bands, the lines of the processes, the network. */
import { linesOf, textWidth } from "./metrics.js";
import type { Band, PlacedRow } from "./page.js";
import type { Row } from "./rows.js";
import { LINE_HEIGHT, type Shape, textLines } from "./shapes.js";
import { middleOf, type Placed } from "./wires.js";

const NAME_FONT = { size: 13, bold: true };
const NUMBER_FONT = { size: 12 };
const NETWORK_FONT = { size: 12 };
const NETWORK_TEXT_WIDTH = 320;
const NAME_HEIGHT = 24;

/** From the left edge of the page to the first column: the steps' numbers stand there. */
export const MARGIN_LEFT = 50;
export const MARGIN_RIGHT = 16;

export const nameWidth = (name: string) => textWidth(name, NAME_FONT) + 20;

export function nameShapes(name: string, x: number, top: number): Shape[] {
  const width = nameWidth(name);
  const box = { x: x - width / 2, y: top, width, height: NAME_HEIGHT, radius: 4 };
  const text = { text: name, x, y: top + 17, font: NAME_FONT, anchor: "middle" } as const;
  return [
    { kind: "box", look: "chip name", ...box },
    { kind: "text", look: "name", ...text },
  ];
}

/** Every other step on a band of its own, and all numbered. */
export function bandShapes(
  bands: readonly Band[],
  width: number,
  isAside: (step: number) => boolean,
) {
  return bands.flatMap(({ step, top, bottom, isDark }): Shape[] => [
    ...(isDark
      ? [
          {
            kind: "box",
            look: "band",
            x: 0,
            y: top,
            width,
            height: bottom - top,
            radius: 0,
          } as const,
        ]
      : []),
    {
      kind: "text",
      text: String(step),
      x: MARGIN_LEFT - 20,
      y: top + 22,
      look: isAside(step) ? "aside" : "number",
      font: NUMBER_FONT,
      anchor: "end",
    },
  ]);
}

/** A process's line, broken while it is down. */
export function lifeLine(
  x: number,
  top: number,
  bottom: number,
  cells: readonly Placed[],
): Shape[] {
  const turns = cells
    .filter(({ cell }) => cell.crash !== null)
    .map((placed) => ({ y: middleOf(placed), isDown: placed.cell.crash === "down" }));
  const stretches = [{ y: top + NAME_HEIGHT, isDown: false }, ...turns];
  return stretches.map(({ y, isDown }, i) => ({
    kind: "line",
    look: isDown ? "life down" : "life",
    points: [
      { x, y },
      { x, y: stretches[i + 1]?.y ?? bottom },
    ],
    ending: null,
  }));
}

const networkLines = ({ network }: Row) =>
  network ? linesOf(network.text, NETWORK_TEXT_WIDTH, NETWORK_FONT) : [];

export const networkHeight = (row: Row) =>
  row.network ? networkLines(row).length * LINE_HEIGHT + 10 : 0;

/** Across all processes: what happens to the network that connects them. */
export function networkShapes({ row, y }: PlacedRow, width: number, isAside: boolean): Shape[] {
  if (row.network === null) return [];
  const look = `${row.network.splits ? "wait" : "good"}${isAside ? " aside" : ""}`;
  const left = MARGIN_LEFT - 6;
  const box = { x: left, y, width: width - left - MARGIN_RIGHT, height: networkHeight(row) };
  const at = { x: left + box.width / 2, top: y + 5 };
  return [
    { kind: "box", look: `chip ${look}`, ...box, radius: 4 },
    ...textLines(networkLines(row), at, { look, font: NETWORK_FONT, anchor: "middle" }),
  ];
}

/** Bars at both edges for as long as the network is divided. */
export function splitShapes(rows: readonly PlacedRow[], bottom: number, width: number): Shape[] {
  const changes = rows.filter(({ row }) => row.network !== null);
  return changes.flatMap(({ row, y }, i): Shape[] => {
    if (!row.network!.splits) return [];
    const to = changes[i + 1]?.y ?? bottom;
    return [MARGIN_LEFT - 6, width - MARGIN_RIGHT].map((x) => ({
      kind: "line",
      look: "split-bar",
      points: [
        { x, y },
        { x, y: to },
      ],
      ending: null,
    }));
  });
}
