/** A picture as SVG: no script, nothing from elsewhere, the same text for the same picture. */
import { styleSheet } from "./palette.js";
import type { Ending, Icon, Picture, Point, Shape } from "./shapes.js";

const CORNER = 6;

export interface Caption {
  readonly title: string;
  /** The whole of it in words, for who cannot see it. */
  readonly description: string;
}

export function draw({ width, height, shapes }: Picture, { title, description }: Caption): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(description)}</desc>`,
    `<style>\n${styleSheet()}\n</style>`,
    `<rect class="page" width="${width}" height="${height}" rx="8"/>`,
    ...shapes.map(drawn),
    "</svg>",
    "",
  ].join("\n");
}

function drawn(shape: Shape): string {
  switch (shape.kind) {
    case "box": {
      const { x, y, width, height, radius, look } = shape;
      return `<rect class="${look}" x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${radius}"/>`;
    }
    case "text": {
      const { x, y, text, look, font, anchor } = shape;
      const weight = font.bold ? ' font-weight="600"' : "";
      return `<text class="${look}" x="${n(x)}" y="${n(y)}" font-size="${font.size}"${weight} text-anchor="${anchor}">${escaped(text)}</text>`;
    }
    case "icon":
      return `<path class="icon ${shape.look}" transform="translate(${n(shape.x)} ${n(shape.y)})" d="${ICONS[shape.icon]}"/>`;
    case "line":
      return `<path class="line ${shape.look}" d="${rounded(shape.points)}${shape.ending ? endOf(shape.points, shape.ending) : ""}"/>`;
  }
}

/** Each in a square of 12 by 12. */
const ICONS: Readonly<Record<Icon, string>> = {
  bolt: "M7 1L2.5 7H6L5 11L9.5 5H6Z",
  check: "M1.5 6.5L4.5 9.5L10.5 2.5",
  clock: "M6 1a5 5 0 1 0 .01 0ZM6 3.5V6L8 7.5",
  cross: "M2 2L10 10M10 2L2 10",
  log: "M2.5 1H7.5L9.5 3V11H2.5ZM4.5 5H7.5M4.5 8H7.5",
  recover: "M10 6A4 4 0 1 1 8.6 3M8.8 .8V3.2H6.4",
};

/** A line with its right angles rounded. */
function rounded(points: readonly Point[]): string {
  const [first, ...rest] = points;
  let path = `M${at(first!)}`;
  for (const [i, point] of rest.entries()) {
    const [before, next] = [points[i]!, rest[i + 1]];
    if (next === undefined) path += `L${at(point)}`;
    else {
      const radius = Math.min(CORNER, distance(before, point) / 2, distance(point, next) / 2);
      path += `L${at(towards(point, before, radius))}Q${at(point)} ${at(towards(point, next, radius))}`;
    }
  }
  return path;
}

/** What stands at the end of a line: it arrives, it is lost, or nobody takes notice. */
function endOf(points: readonly Point[], ending: Ending): string {
  const [before, end] = [points.at(-2)!, points.at(-1)!];
  if (ending === "ring") return `M${n(end.x - 3)} ${n(end.y)}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0`;
  if (ending === "cross") {
    const [x, y] = [end.x, end.y];
    return `M${n(x - 4)} ${n(y - 4)}L${n(x + 4)} ${n(y + 4)}M${n(x + 4)} ${n(y - 4)}L${n(x - 4)} ${n(y + 4)}`;
  }
  const back = towards(end, before, 7);
  const [dx, dy] = [(end.y - back.y) * 0.6, (back.x - end.x) * 0.6];
  return `M${at({ x: back.x + dx, y: back.y + dy })}L${at(end)}L${at({ x: back.x - dx, y: back.y - dy })}`;
}

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

function towards(from: Point, to: Point, by: number): Point {
  const whole = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * by) / whole, y: from.y + ((to.y - from.y) * by) / whole };
}

/** A measure to a tenth of a pixel, so that no digits differ from machine to machine. */
const n = (measure: number) => String(Math.round(measure * 10) / 10);
const at = ({ x, y }: Point) => `${n(x)} ${n(y)}`;

/** Text in XML: its own signs as entities, and without what no document may hold. */
export function escaped(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what XML forbids
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd")
      .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
  );
}
