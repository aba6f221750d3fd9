/** One trace as a picture. */
import type { ToldResult } from "../../check/matrix/restore.js";
import type { CheckResult } from "../../check/result.js";
import { type Format, PLAIN } from "../format.js";
import { paintFor } from "../paint.js";
import { told } from "../told.js";
import { type Counterexample, causesOf, isTold, onlyTrace } from "../traces.js";
import { reasonsOf } from "../verdict.js";
import { listed } from "../words.js";
import { chain } from "./chain.js";
import { draw } from "./draw.js";
import { linesOf } from "./metrics.js";
import { sequence } from "./sequence.js";
import { LINE_HEIGHT, type Picture, type Shape, textLines } from "./shapes.js";

export const svg: Format = {
  name: "svg",
  help: "one trace as a sequence diagram in SVG",
  render: (result) => {
    const chosen = onlyTrace(result);
    return chosen ? diagramSvg(result, chosen) : nothingSvg(result);
  },
};

const MARGIN = 16;
const TITLE_FONT = { size: 14, bold: true };
const TEXT_FONT = { size: 12 };
/** Where the diagram is narrower, what is written about it is not. */
const WIDTH_MIN = 480;

/** The picture of one trace, with what it is above it, and below why it refutes what it does. */
export function diagramSvg(result: ToldResult, found: Counterexample): string {
  return draw(diagramPicture(result, found), captionOf(result, found));
}

/** The same before it is drawn, every measure settled. */
export function diagramPicture(result: ToldResult, found: Counterexample): Picture {
  const { properties, trace } = found;
  const causes = causesOf(found);
  const top = MARGIN + 2 * LINE_HEIGHT + 14;
  const isProtocol = isTold(trace);
  const picture = isProtocol ? sequence(result.lanes, trace, causes, top) : chain(trace, top);
  const width = Math.ceil(Math.max(WIDTH_MIN, picture.width));
  const room = width - 2 * MARGIN;
  const shapes: Shape[] = [];
  const write = (text: string, look: string, font: { size: number; bold?: boolean }, y: number) => {
    const lines = linesOf(text, room, font);
    shapes.push(...textLines(lines, { x: MARGIN, top: y }, { look, font, anchor: "start" }));
    return y + lines.length * LINE_HEIGHT;
  };
  let y = write(titleOf(found), "title", TITLE_FONT, MARGIN - 4);
  // A title that takes more than its line pushes the rest down.
  y = write(settingOf(result), "number", TEXT_FONT, y + 3);
  const down = Math.max(0, y + 12 - top);
  const moved = down === 0 ? picture.shapes : shifted(picture.shapes, down);
  let bottom = picture.height + down + 10;
  for (const reason of reasonsOf(properties).flatMap(({ sentences }) => sentences))
    bottom = write(reason, "plain", TEXT_FONT, bottom) + 2;
  for (const line of legendOf(found, picture))
    bottom = write(line, "number", TEXT_FONT, bottom + 4);
  return { width, height: Math.ceil(bottom + MARGIN - 4), shapes: [...moved, ...shapes] };
}

function titleOf({ properties }: Counterexample): string {
  const names = listed(properties.map(({ name }) => name));
  const be = properties.length > 1 ? "are" : "is";
  return properties.every(({ verdict }) => verdict === "violated")
    ? `How ${names} ${be} violated`
    : `How ${names} ${be} reached`;
}

const settingOf = ({ model, scenario, parameters, faults }: ToldResult) =>
  [
    `${model}${scenario ? `, ${scenario}` : ""}`,
    ...Object.entries(parameters).map(([name, value]) => `${name} ${value}`),
    ...(faults ? [`faults ${faults}`] : []),
  ].join(" · ");

/** What the signs mean that are not explained by a word beside them. */
function legendOf(found: Counterexample, { shapes }: Picture): string[] {
  const has = (look: string) => shapes.some((shape) => shape.look.split(" ").includes(look));
  const signs = [
    ...(has("open") ? ["dashed arrow: still under way"] : []),
    ...(has("down") ? ["dashed line: down"] : []),
    ...(has("aside") ? ["grey: did not lead up to the violation"] : []),
  ];
  return signs.length > 0 && found.trace.length > 0 ? [signs.join(" · ")] : [];
}

function captionOf(result: ToldResult, found: Counterexample) {
  const lines = told(found.trace, { paint: paintFor(PLAIN), width: 10_000, indent: "" });
  const reasons = reasonsOf(found.properties).flatMap(({ sentences }) => sentences);
  return {
    title: `${titleOf(found)} (${settingOf(result)})`,
    description: [...lines, ...reasons].join("\n"),
  };
}

function nothingSvg(result: CheckResult): string {
  const text = "No property has a trace.";
  const shapes = textLines(
    [text],
    { x: MARGIN, top: MARGIN },
    { look: "plain", font: TEXT_FONT, anchor: "start" },
  );
  const caption = { title: settingOf(result), description: text };
  return draw({ width: WIDTH_MIN, height: 2 * MARGIN + LINE_HEIGHT, shapes }, caption);
}

function shifted(shapes: readonly Shape[], by: number): Shape[] {
  return shapes.map((shape) =>
    shape.kind === "line"
      ? { ...shape, points: shape.points.map(({ x, y }) => ({ x, y: y + by })) }
      : { ...shape, y: shape.y + by },
  );
}
