import type { Options } from "yargs";
import { type CheckOptions, type CheckResult, check, outcomeOf } from "../../check/index.js";
import { Mistake, type Model } from "../../model/index.js";
import { FORMATS } from "../../report/index.js";
import type { Command } from "../command.js";
import { exitCodeOf } from "../exit.js";
import type { Given } from "../given.js";
import { loadModel } from "../load.js";
import { defined, searchOptions } from "../model-options.js";
import { ensureWritable, writeOutput } from "../output-file.js";
import { parameterOptions } from "../parameter-options.js";
import { ProgressLine } from "../progress.js";
import { propertiesOf } from "../properties.js";
import type { Terminal } from "../terminal.js";
import { unknown } from "../usage.js";

const SEARCHES = ["bfs", "dfs"] as const;
const AUDITS = ["off", "sample", "all"] as const;

const OWN_OPTIONS = {
  scenario: { describe: "One of the model's scenarios" },
  faults: { describe: 'What may fail: "crash(coordinator)=1, recover=1"' },
  property: { describe: "Only these properties, separated by commas or spaces", type: "array" },
  search: { describe: "bfs (the default): shortest traces; dfs: depth first" },
  "max-states": { describe: "Stop, undecided, at this many states" },
  timeout: { describe: "Stop, undecided, after this many seconds" },
  audit: {
    describe:
      "How many remembered answers are checked against the model: off, sample (the default) or all",
  },
  format: {
    describe: [...FORMATS.keys()].join(", ").replace("text", "text (the default)"),
  },
  output: { describe: "Write the report to this file" },
} as const satisfies Readonly<Record<string, Options>>;

const command: Command = {
  signature: "check MODEL",
  summary: "Search every reachable state of a model, and give each property its verdict",
  examples: [
    ["check two-phase-commit", "the model's first scenario"],
    ["check two-phase-commit --participants 4", "with another value of a parameter"],
    ["check ./my-protocol.ts --property agreement", "a model in a file of yours"],
    ["check two-phase-commit --format json --output trace.json", "for `faultline replay`"],
  ],
  epilogue:
    "MODEL is a name from `faultline list`, or the path of a .ts or .js file. Each parameter of the model is an option too: `faultline check MODEL --help` shows them.\n\n" +
    "Exit status: 0 every verdict is as expected; 1 one is not; 2 the command line or the model is at fault; 3 undecided, a limit came first; 130 interrupted.",

  async options([name]) {
    if (name === undefined) return OWN_OPTIONS;
    return { ...OWN_OPTIONS, ...parameterOptions(await loadModel(name), OWN_OPTIONS) };
  },

  async run(given, terminal) {
    const format = FORMATS.get(given.word("format", [...FORMATS.keys()]) ?? "text")!;
    const output = given.text("output");
    const model = await loadModel(given.operands[0]!);
    const options = checkOptions(given, model);
    // A search may take an hour: what cannot be written is better known before.
    if (output !== undefined) await ensureWritable(output);
    const result = await checkWithProgress(model, options, terminal);
    await writeOutput(output, terminal, (appearance) => format.render(result, appearance));
    return exitCodeOf(outcomeOf(result));
  },
};

export default command;

const checkOptions = (given: Given, model: Model): CheckOptions => ({
  ...searchOptions(given, model),
  ...defined({
    properties: given.names("property"),
    search: given.word("search", SEARCHES),
    audit: given.word("audit", AUDITS),
  }),
});

async function checkWithProgress(
  model: Model,
  options: CheckOptions,
  { err, signal }: Terminal,
): Promise<CheckResult> {
  const line = new ProgressLine(err);
  try {
    return await check(model, { ...options, signal, onProgress: line.show });
  } catch (error) {
    throw withSuggestion(error, model, options);
  } finally {
    line.clear();
  }
}

/** An unknown property is found out by the check; here its neighbours are known. */
function withSuggestion(error: unknown, model: Model, { properties }: CheckOptions): unknown {
  if (!(error instanceof Mistake) || error.code !== "property-unknown") return error;
  const names = propertiesOf(model).map(({ name }) => name);
  const wrong = properties?.find((name) => !names.includes(name));
  return wrong === undefined ? error : unknown("property", wrong, names);
}
