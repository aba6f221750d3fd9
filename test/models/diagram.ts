/** The diagram in a model's docstring, and what the model does: arrows in one form, to be compared. */
import type { SourceText } from "../support/sources.js";
import type { Graph } from "./naive-check.js";

/** `INIT ▶ WAIT`, or with the action's name where the diagram has it: `init ▶ aborted by TMAbort`. */
type Arrow = string;

/** The arrows drawn of an actor: from the line that begins with its name to the next empty line. */
export function arrowsDrawn({ text }: SourceText, actor: string): readonly Arrow[] {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => new RegExp(`^ \\*   ${actor} +\\w+ +─.*▶`).test(line));
  const end = lines.findIndex((line, i) => i > start && line.trim() === "*");
  return lines
    .slice(start, end)
    .map((line) => {
      const drawn = /(\w+) +─+(\w*)─*▶ (\w+)/.exec(line);
      if (!drawn) throw new Error(`no arrow in the diagram of ${actor}: ${line}`);
      const [, from, action, to] = drawn;
      return `${from} ▶ ${to}${action ? ` by ${action}` : ""}`;
    })
    .sort();
}

/**
 * The arrows that are taken anywhere in a state space.
 * @param places the states of the diagram in which the actors are, by actor
 * @param named whether the arrows bear the names of actions
 */
export function arrowsTaken(
  { states, edges }: Graph,
  places: (state: unknown) => ReadonlyMap<string, string>,
  named: boolean,
): ReadonlySet<Arrow> {
  const taken = new Set<Arrow>();
  for (const { from, to, action } of edges) {
    const after = places(states[to]!);
    for (const [actor, place] of places(states[from]!)) {
      const then = after.get(actor);
      // One that is down is nowhere in the diagram.
      if (then !== undefined && then !== place)
        taken.add(`${place} ▶ ${then}${named ? ` by ${action.name}` : ""}`);
    }
  }
  return taken;
}
