/** What happens on a process's line, as small labelled boxes. */
import type { StepEvent } from "../../model/index.js";
import { listed } from "../words.js";
import { linesOf, textWidth } from "./metrics.js";
import { type Icon, LINE_HEIGHT, type Shape, textLines } from "./shapes.js";

export const CHIP_FONT = { size: 12 };
/** Longer text is wrapped. */
const TEXT_WIDTH_MAX = 150;
const PADDING = 8;
const ICON_WIDTH = 17;

export interface Chip {
  readonly look: string;
  readonly lines: readonly string[];
  readonly icon: Icon | null;
  readonly width: number;
  readonly height: number;
}

export function chip(look: string, text: string, icon: Icon | null = null): Chip {
  const lines = linesOf(text, TEXT_WIDTH_MAX, CHIP_FONT);
  const widest = Math.max(0, ...lines.map((line) => textWidth(line, CHIP_FONT)));
  return {
    look,
    lines,
    icon,
    width: widest + 2 * PADDING + (icon ? ICON_WIDTH : 0),
    height: Math.max(1, lines.length) * LINE_HEIGHT + 6,
  };
}

/** The chip drawn about the middle of a line, from `top` down. @param mood further classes */
export function chipShapes(chip: Chip, x: number, top: number, mood: string): Shape[] {
  const look = `${chip.look} ${mood}`.trim();
  const { width, height, icon, lines } = chip;
  const left = x - width / 2;
  const text = { x: icon ? x + ICON_WIDTH / 2 : x, top: top + 3 };
  return [
    {
      kind: "box",
      look: `chip ${look}`,
      x: left,
      y: top,
      width,
      height,
      radius: chip.look === "state" ? 11 : 4,
    },
    ...(icon
      ? [{ kind: "icon", icon, look, x: left + PADDING - 1, y: top + height / 2 - 6 } as const]
      : []),
    ...textLines(lines, text, { look, font: CHIP_FONT, anchor: "middle" }),
  ];
}

/** The events of one process that have no line to another. */
type Inner = Extract<
  StepEvent,
  {
    type:
      | "write"
      | "timeout"
      | "tick"
      | "deviate"
      | "crash"
      | "recover"
      | "decide"
      | "become"
      | "note";
  }
>;

export function chipOf(event: Inner): Chip {
  switch (event.type) {
    case "become":
      return chip("state", event.state);
    case "write":
      return chip("log", `logs ${event.entry}`, "log");
    case "note":
      return chip("note", event.text);
    case "decide":
      return decisionChip(event.decision);
    case "timeout": {
      const whom =
        event.awaited.length > 0 ? `no word from ${listed(event.awaited)}` : "time is up";
      const wrong =
        event.mistaken === undefined
          ? ""
          : event.mistaken === "late"
            ? ", which is late"
            : ", wrongly";
      return chip("wait", `${whom}${wrong}`, event.mistaken ? "bolt" : "clock");
    }
    case "tick":
      return event.early
        ? chip("deviant", "ends its round early", "bolt")
        : chip("note", "ends its round");
    case "deviate":
      return chip("deviant", `${event.failure}: ${event.text}`, "bolt");
    case "crash":
      return chip(
        "bad",
        event.before === undefined ? "crashes" : `crashes before ${event.before}`,
        "cross",
      );
    case "recover":
      return chip("good", "recovers", "recover");
  }
}

/** Commit and abort have a sign besides a colour; any other decision is as good as the next. */
function decisionChip(decision: string): Chip {
  if (decision === "commit") return chip("good", "decides commit", "check");
  if (decision === "abort") return chip("bad", "decides abort", "cross");
  return chip("message", `decides ${decision}`, "check");
}
