import type { Progress } from "../check/index.js";
import { bytes, count, duration } from "../report/index.js";
import type { Output } from "./terminal.js";

const MILLISECONDS_BETWEEN = 200;
const CLEAR_LINE = "\r\u001b[2K";

/** One line that is written over as the search goes; nothing at all where that cannot be shown. */
export class ProgressLine {
  readonly #output: Output;
  #next = 0;
  #shown = false;

  constructor(output: Output) {
    this.#output = output;
  }

  readonly show = (progress: Progress): void => {
    if (!this.#output.isTerminal) return;
    const now = performance.now();
    if (now < this.#next) return;
    this.#next = now + MILLISECONDS_BETWEEN;
    this.#write(progressText(progress));
  };

  say(text: string): void {
    if (this.#output.isTerminal) this.#write(text);
  }

  clear(): void {
    if (this.#shown) this.#output.write(CLEAR_LINE);
    this.#shown = false;
  }

  #write(text: string): void {
    // A line that is broken by the terminal could not be written over.
    this.#output.write(`${CLEAR_LINE}${text.slice(0, this.#output.width - 1)}`);
    this.#shown = true;
  }
}

export function progressText(progress: Progress): string {
  const { states, depth, frontier, elapsedSeconds, memoryBytes } = progress;
  const perSecond = elapsedSeconds > 0 ? Math.round(states / elapsedSeconds) : 0;
  return [
    `${count(states)} states`,
    `${count(perSecond)}/s`,
    `depth ${count(depth)}`,
    `${count(frontier)} to expand`,
    bytes(memoryBytes),
    duration(elapsedSeconds),
  ].join(" · ");
}
