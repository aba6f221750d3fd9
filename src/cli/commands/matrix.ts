import { availableParallelism } from "node:os";
import type { Options } from "yargs";
import {
  type Cell,
  cellsToRun,
  type MatrixModel,
  type MatrixRun,
  matrixOutcome,
  type Plan,
  planMatrix,
  runMatrix,
  type Shard,
} from "../../check/index.js";
import { inThisProcess } from "../../check/matrix/run.js";
import { Mistake } from "../../model/index.js";
import { labelOf } from "../../report/index.js";
import type { Command } from "../command.js";
import { exitCodeOf } from "../exit.js";
import type { Given } from "../given.js";
import { isCount, limitsOf } from "../limits.js";
import { loadModel } from "../load.js";
import { axisOf } from "../matrix/axis.js";
import { codeOf } from "../matrix/code.js";
import { destinationOf, OUTPUT_OPTIONS, writeMatrix } from "../matrix/output.js";
import { ResumeFile } from "../matrix/resume-file.js";
import { workerPool } from "../matrix/worker-pool.js";
import { parameterOptions } from "../parameter-options.js";
import { ProgressLine } from "../progress.js";
import { propertiesOf } from "../properties.js";
import type { Terminal } from "../terminal.js";
import { UsageError, unknown } from "../usage.js";

const OWN_OPTIONS = {
  faults: { describe: "What may fail; give it several times to compare" },
  property: { describe: "Only these properties, separated by commas or spaces", type: "array" },
  "max-states": { describe: "Leave a cell undecided at this many states" },
  timeout: { describe: "Leave a cell undecided after this many seconds" },
  jobs: { describe: "How many cells are searched at the same time; by default one for each core" },
  shard: { describe: "Only one part of the cells, as 1/4; `faultline merge` puts them together" },
  resume: { describe: "Keep what is found in this file, and search nothing that stands there" },
  ...OUTPUT_OPTIONS,
} as const satisfies Readonly<Record<string, Options>>;

const command: Command = {
  signature: "matrix MODEL...",
  summary: "Check all combinations of models, failures and parameters, and print one table",
  examples: [
    [
      'matrix two-phase-commit --faults none --faults "crash(coordinator)=1" --participants 2..4',
      "six cells",
    ],
    ["matrix two-phase-commit transaction-commit --traces traces", "with a page for each trace"],
    ["matrix two-phase-commit --participants 2..6 --resume run.jsonl", "to be gone on with"],
    ["matrix two-phase-commit --participants 2..6 --shard 1/4 --format json", "one of four parts"],
  ],
  epilogue:
    "MODEL is a name from `faultline list`, or the path of a .ts or .js file. Each parameter of the models is an option too, with one value, a range as 2..4 or a list as 2,3; a model without that parameter has one cell for all its values. Without --faults nothing fails.\n\n" +
    "Exit status: 0 every cell is decided, and as expected where it is a scenario of its model; 1 one is not as expected; 2 the command line or a model is at fault; 3 undecided; 130 interrupted.",

  async options(words) {
    const models = await Promise.all([...new Set(words)].map(loadModel));
    const parameters = models.map((model) => parameterOptions(model, OWN_OPTIONS));
    // Of a parameter that several models have, help shows the first.
    return Object.assign({}, ...parameters.reverse(), OWN_OPTIONS);
  },

  async run(given, terminal) {
    const destination = await destinationOf(given);
    const shard = shardOf(given);
    const jobs = given.number("jobs", "a whole number of 1 or more", isCount);
    const models = await modelsOf(given.operands);
    const plan = planOf(given, models);
    const file = given.text("resume");
    const resume = file === undefined ? null : await ResumeFile.open(file, plan);
    const run = await runWithProgress(plan, models, { shard, jobs, resume }, terminal);
    const byName = new Map(models.map(({ model }) => [model.name, model]));
    await writeMatrix(run, destination, (name) => byName.get(name)!, terminal);
    return exitCodeOf(matrixOutcome(run));
  },
};

export default command;

async function modelsOf(words: readonly string[]): Promise<MatrixModel[]> {
  return Promise.all(
    [...new Set(words)].map(async (word) => ({
      word,
      model: await loadModel(word),
      code: await codeOf(word),
    })),
  );
}

function planOf(given: Given, models: readonly MatrixModel[]): Plan {
  const names = new Set(models.flatMap(({ model }) => Object.keys(model.parameters)));
  const parameters = Object.fromEntries(
    [...names].flatMap((name) => {
      const values = axisOf(given, name);
      return values === undefined ? [] : [[name, values]];
    }),
  );
  const faults = given.texts("faults");
  const properties = given.names("property");
  const { maxStates = null, timeoutSeconds = null } = limitsOf(given);
  try {
    return planMatrix({
      models,
      parameters,
      maxStates,
      timeoutSeconds,
      ...(faults === undefined ? {} : { faults }),
      ...(properties === undefined ? {} : { properties }),
    });
  } catch (error) {
    throw withSuggestion(error, models, properties ?? []);
  }
}

/** An unknown property is found out by the plan; here its neighbours are known. */
function withSuggestion(
  error: unknown,
  models: readonly MatrixModel[],
  given: readonly string[],
): unknown {
  if (!(error instanceof Mistake) || error.code !== "property-unknown") return error;
  const known = models.flatMap(({ model }) => propertiesOf(model).map(({ name }) => name));
  const wrong = given.find((name) => !known.includes(name));
  return wrong === undefined ? error : unknown("property", wrong, [...new Set(known)]);
}

function shardOf(given: Given): Shard | null {
  const text = given.text("shard");
  if (text === undefined) return null;
  const [, part, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const shard = { part: Number(part), of: Number(of) };
  if (part === undefined || shard.part < 1 || shard.part > shard.of)
    throw new UsageError(`--shard is "${text}", and must be one part of several, as 1/4`);
  return shard;
}

interface Means {
  readonly shard: Shard | null;
  readonly jobs: number | undefined;
  readonly resume: ResumeFile | null;
}

async function runWithProgress(
  plan: Plan,
  models: readonly MatrixModel[],
  { shard, jobs = availableParallelism(), resume }: Means,
  { err, signal }: Terminal,
): Promise<MatrixRun> {
  const line = new ProgressLine(err);
  const known = (cell: Cell) => resume?.known(cell) ?? null;
  const waiting = cellsToRun(plan, shard).filter((cell) => known(cell) === null);
  // A process more would only cost its start.
  const among = Math.min(jobs, waiting.length);
  const pool = among > 1 ? workerPool(plan, among) : null;
  let done = 0;
  const say = (what: string) => line.say(`${done} of ${waiting.length} cells · ${what}`);
  try {
    return await runMatrix(plan, {
      execute:
        pool?.execute ??
        inThisProcess(
          models.map(({ model }) => model),
          plan,
        ),
      jobs: among,
      shard,
      signal,
      known,
      onStart: (cell) => say(labelOf(cell)),
      onResult: (cell, result) => {
        done++;
        resume?.add(cell, result);
        say(labelOf(cell));
      },
    });
  } finally {
    pool?.close();
    line.clear();
  }
}
