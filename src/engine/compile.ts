import type { Program } from "../model/program.js";
import type { Layout } from "./layout.js";
import type { Tuning } from "./tuning.js";
import { type Source, Writer } from "./writer.js";

/**
 * Straight JavaScript for the trees of a run of instances.
 *
 * `run` writes the successors of the state at `base` into `out` from `at` on, and returns where it ended;
 * `~end` where it met something unknown at the instance `control[1]`, of which nothing is written then.
 * `control[0]` counts the successors that equal their state, which are not written.
 */
export interface Block {
  readonly first: number;
  readonly last: number;
  /** null: the tree is too large to be worth compiling, and is walked. */
  readonly run: ((states: Int32Array, base: number, out: Int32Array, at: number) => number) | null;
  readonly successorsMax: number;
}

export interface Compiled {
  readonly blocks: readonly Block[];
  readonly control: Int32Array;
  /** The program's revision that it was compiled from; of no use with any other. */
  readonly revision: number;
  /** Instances from here on were not known yet. */
  readonly until: number;
  /** Of source text: about what it cost to compile. */
  readonly characters: number;
}

/** About what V8 still optimises as one function. */
const BLOCK_CHARACTERS_MAX = 24_000;

/**
 * @param recorder where to note each successor's instance; with it, successors that equal their state are
 *   written too
 */
export function compile(
  program: Program,
  layout: Layout,
  tuning: Tuning,
  recorder: Int32Array | null = null,
): Compiled {
  const control = new Int32Array(2);
  const blocks: Block[] = [];
  let run: Source[] = [];
  let characters = 0;
  let allCharacters = 0;
  let successors = 0;
  const close = () => {
    if (run.length > 0) blocks.push(link(run, layout, control, recorder));
    run = [];
    characters = 0;
    successors = 0;
  };
  for (const instance of program.instances) {
    const source =
      instance.tree.nodes <= tuning.compiledNodes
        ? new Writer(program, layout, tuning, recorder !== null).instance(instance)
        : null;
    if (source === null) {
      close();
      blocks.push({ first: instance.index, last: instance.index, run: null, successorsMax: 0 });
      continue;
    }
    if (characters + source.text.length > BLOCK_CHARACTERS_MAX) close();
    successors += source.successorsMax;
    if (successors > tuning.batch) {
      close();
      successors = source.successorsMax;
    }
    run.push(source);
    characters += source.text.length;
    allCharacters += source.text.length;
  }
  close();
  const { revision, instances } = program;
  return { blocks, control, revision, until: instances.length, characters: allCharacters };
}

function link(
  run: readonly Source[],
  layout: Layout,
  control: Int32Array,
  recorder: Int32Array | null,
): Block {
  const tables = new Map(run.flatMap((source) => [...source.tables]));
  const words = Array.from({ length: layout.words }, (_, w) => `const w${w} = S[b + ${w}];`);
  const text = `return (S, b, O, o) => {
${words.join(" ")}
let loops = 0, o0 = o, loops0 = 0;
${run.map(({ index, text }) => `i${index}: { o0 = o; loops0 = loops;\n${text}}`).join("\n")}
C[0] = loops;
return o;
};
`;
  const make = new Function("C", "R", ...tables.keys(), text) as (
    ...args: (Int32Array | null)[]
  ) => Block["run"];
  return {
    first: run[0]!.index,
    last: run.at(-1)!.index,
    run: make(control, recorder, ...tables.values()),
    successorsMax: run.reduce((sum, { successorsMax }) => sum + successorsMax, 0),
  };
}
