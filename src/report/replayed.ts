/** What came of running recorded traces again. */
import type { Replay } from "../check/replay.js";
import { type Plain, valueText } from "../model/index.js";
import { type Appearance, PLAIN } from "./format.js";
import { hanging } from "./layout.js";
import { type Paint, paintFor } from "./paint.js";
import type { RecordedTrace } from "./recording.js";
import { told } from "./told.js";
import { stepsOf } from "./traces.js";
import { counted } from "./words.js";

export interface ReplayedTrace {
  readonly recorded: RecordedTrace;
  readonly replay: Replay;
  /** Whether the trace shows the verdict by itself; null where only a search can tell. */
  readonly shows: boolean | null;
}

/** Whether every step could be taken and nothing contradicts the verdict. */
export function succeeded({ replay, shows }: ReplayedTrace): boolean {
  return replay.impossible === null && shows !== false;
}

export function replayedText(
  model: string,
  traces: readonly ReplayedTrace[],
  appearance: Appearance = PLAIN,
): string {
  const paint = paintFor(appearance);
  const blocks = traces.map((trace) => block(trace, paint, appearance.width).join("\n"));
  if (blocks.length === 0) blocks.push("There is no trace in this file.");
  return `${[paint("strong", model), ...blocks].join("\n\n")}\n`;
}

function block(replayed: ReplayedTrace, paint: Paint, width: number): string[] {
  const { recorded, replay } = replayed;
  const title = `${recorded.property}: ${recorded.verdict} (${counted(recorded.steps.length - 1, "step")})`;
  return [
    ...hanging("", paint("strong", title), width),
    "",
    ...told(replay.trace, { paint, width, indent: "  " }),
    "",
    ...(replay.impossible ? impossibleLines(replay, paint, width) : shown(replayed, paint, width)),
  ];
}

function shown({ recorded, replay, shows }: ReplayedTrace, paint: Paint, width: number): string[] {
  if (shows === false) {
    const claim = `the last step does not show that ${recorded.property} is ${recorded.verdict}.`;
    return hanging(paint("bad", "✗ "), `Every step can be taken, but ${claim}`, width);
  }
  const verdict = shows
    ? `, and the last shows that ${recorded.property} is ${recorded.verdict}`
    : "";
  const steps = counted(stepsOf(replay.trace), "step");
  return hanging(paint("good", "✓ "), `All ${steps} can be taken${verdict}.`, width);
}

function impossibleLines({ impossible, trace }: Replay, paint: Paint, width: number): string[] {
  if (impossible === null) return [];
  const { position, recorded, enabled, possible } = impossible;
  if (position === 0)
    return hanging(paint("bad", "✗ "), "The trace does not begin in an initial state.", width);
  const what = enabled
    ? `${recorded.action} is possible, but does not lead to the state that was recorded`
    : `${recorded.action} is not possible`;
  const names = [...new Set(possible.map(({ action }) => action))];
  return [
    ...hanging(paint("bad", "✗ "), `Step ${position} cannot be taken: ${what}.`, width),
    ...hanging("  possible  ", names.length > 0 ? names.join(", ") : "nothing", width),
    ...hanging("  state     ", valueText(trace.at(-1)?.state), width),
    ...(enabled
      ? [
          ...possible
            .filter(({ action }) => action === recorded.action)
            .flatMap(({ state }) => hanging("  leads to  ", valueText(state), width)),
          ...hanging("  recorded  ", plainText(recorded.state), width),
        ]
      : []),
  ];
}

const plainText = (plain: Plain) => JSON.stringify(plain);
