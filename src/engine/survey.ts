import type { Program } from "../model/program.js";
import type { Layout } from "./layout.js";
import type { Tuning } from "./tuning.js";
import { isSmall, type Routine, Writer } from "./writer.js";

/**
 * The first state from `from` on, and before `to`, of which some claim has another answer than the usual
 * one, or none yet.
 */
export type Survey = (states: Int32Array, from: number, to: number) => number;

/** Straight JavaScript for claims that are asked of every state; those too large for it are left out. */
export function compileSurvey(
  routines: readonly Routine[],
  program: Program,
  layout: Layout,
  tuning: Tuning,
): Survey {
  const texts = routines
    .filter(({ claim }) => isSmall(claim, tuning))
    .map((routine) => `{\n${new Writer(program, layout, tuning).survey(routine)}\n}`);
  const words = Array.from({ length: layout.words }, (_, w) => `const w${w} = S[b + ${w}];`);
  const text = `return (S, from, to) => {
for (let i = from, b = from * ${layout.words}; i < to; i++, b += ${layout.words}) {
${words.join(" ")}
${texts.join("\n")}
}
return to;
};
`;
  return new Function(text)() as Survey;
}
