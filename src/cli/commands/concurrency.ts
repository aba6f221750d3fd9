import type { Options } from "yargs";
import {
  type ConcurrencyOptions,
  type ConcurrencyResult,
  concurrency,
  concurrencyOutcomeOf,
} from "../../check/index.js";
import type { Model } from "../../model/index.js";
import { CONCURRENCY_FORMATS } from "../../report/index.js";
import type { Command } from "../command.js";
import { exitCodeOf } from "../exit.js";
import { loadModel } from "../load.js";
import { searchOptions } from "../model-options.js";
import { ensureWritable, writeOutput } from "../output-file.js";
import { parameterOptions } from "../parameter-options.js";
import { ProgressLine } from "../progress.js";
import type { Terminal } from "../terminal.js";

const OWN_OPTIONS = {
  scenario: {
    describe: "One of the model's scenarios, for its parameters; its failures are left out",
  },
  faults: { describe: "What may fail; nothing, unless it is given here" },
  "max-states": { describe: "Stop, undecided, at this many states" },
  timeout: { describe: "Stop, undecided, after this many seconds" },
  format: {
    describe: [...CONCURRENCY_FORMATS.keys()].join(", ").replace("text", "text (the default)"),
  },
  output: { describe: "Write the report to this file" },
} as const satisfies Readonly<Record<string, Options>>;

const command: Command = {
  signature: "concurrency MODEL",
  summary: "Show which local states go together, and decide Skeen's two conditions for nonblocking",
  examples: [
    ["concurrency two-phase-commit", "whether it blocks, and in which local state"],
    ["concurrency two-phase-commit --format markdown --output sets.md", "as a page"],
  ],
  epilogue:
    "The concurrency set of a local state is what other processes may be in at the same time. A local state is committable if all have voted for commit whenever a process is in it. " +
    "Skeen's theorem is about the protocol as such, so nothing fails here whatever the scenario says; with --faults, a process that is down is in no local state.\n\n" +
    "Exit status: 0 both conditions are decided, one way or the other; 2 the command line or the model is at fault; 3 undecided, a limit came first; 130 interrupted.",

  async options([name]) {
    if (name === undefined) return OWN_OPTIONS;
    return { ...OWN_OPTIONS, ...parameterOptions(await loadModel(name), OWN_OPTIONS) };
  },

  async run(given, terminal) {
    const format = given.word("format", [...CONCURRENCY_FORMATS.keys()]) ?? "text";
    const output = given.text("output");
    const model = await loadModel(given.operands[0]!);
    const options = searchOptions(given, model);
    if (output !== undefined) await ensureWritable(output);
    const result = await computed(model, options, terminal);
    await writeOutput(output, terminal, (appearance) =>
      CONCURRENCY_FORMATS.get(format)!(result, appearance),
    );
    return exitCodeOf(concurrencyOutcomeOf(result));
  },
};

export default command;

async function computed(
  model: Model,
  options: ConcurrencyOptions,
  { err, signal }: Terminal,
): Promise<ConcurrencyResult> {
  const line = new ProgressLine(err);
  try {
    return await concurrency(model, { ...options, signal, onProgress: line.show });
  } finally {
    line.clear();
  }
}
