import { styleText } from "node:util";
import type { Appearance } from "./format.js";

/** What a piece of text is, rather than what colour it has. */
export type Ink = "strong" | "good" | "bad" | "open" | "faint";
export type Paint = (ink: Ink, text: string) => string;

const STYLES = {
  strong: ["bold"],
  good: ["green"],
  bad: ["red", "bold"],
  open: ["yellow", "bold"],
  faint: ["dim"],
} as const satisfies Record<Ink, readonly Parameters<typeof styleText>[0][]>;

/** Colour is the caller's decision: this does not look at any stream or environment. */
export function paintFor({ color }: Pick<Appearance, "color">): Paint {
  if (!color) return (_, text) => text;
  return (ink, text) => styleText([...STYLES[ink]], text, { validateStream: false });
}
