import { setImmediate as breathe } from "node:timers/promises";
import { Explorer } from "../engine/explorer.js";
import { greatestLevel } from "../engine/graph.js";
import { OutOfMemory } from "../engine/words.js";
import { type Instance, Mistake, type Model, mistake, type Property } from "../model/index.js";
import { Program } from "../model/program.js";
import { build } from "./build.js";
import { memoryLimit } from "./memory.js";
import { NO_NEAREST, nearestGood, nearestOf } from "./nearest.js";
import type { CheckOptions } from "./options.js";
import type { CheckResult, PropertyResult, StoppedBy } from "./result.js";
import { choose } from "./scenario.js";
import { traceTo } from "./trace.js";
import { ofNothing, vacuity } from "./vacuity.js";
import { ask, type Finding } from "./verify.js";

/** A search runs this long before it lets signals, timers and progress have their turn. */
const SLICE_MS = 40;

/**
 * Searches the model's state space and answers its properties.
 *
 * Nothing that happens during the search is lost: a limit, an interruption or a mistake in the model
 * ends it, and the result holds what was found until then, with `undecided` where nothing was.
 *
 * @throws Mistake when the search cannot begin: a wrong parameter, scenario, property or failure, or a
 *   model whose initial state is none
 */
export async function check(model: Model, options: CheckOptions = {}): Promise<CheckResult> {
  const started = performance.now();
  const chosen = choose(model, options);
  const instance = build(model, chosen);
  const properties = selected(model, instance, options.properties);
  const program = new Program(instance.system);
  const { budget, heapMessage } = memoryLimit(options.maxMemoryBytes);
  const explorer = new Explorer(program, {
    search: options.search ?? "bfs",
    maxStates: options.maxStates ?? Number.POSITIVE_INFINITY,
    audit: options.audit ?? "sample",
    exhaust: properties.length === 0 || properties.some(({ kind }) => kind === "alwaysPossible"),
    budget,
  });
  const questions = ask(explorer, properties, budget);
  const elapsedSeconds = () => (performance.now() - started) / 1000;
  const { timeoutSeconds = Number.POSITIVE_INFINITY, signal, onProgress } = options;

  /** Why to stop before the end, if there is a reason. */
  const stopped = (): StoppedBy | null => {
    if (signal?.aborted) return "interrupt";
    if (elapsedSeconds() >= timeoutSeconds) return "time";
    return null;
  };

  let stoppedBy: StoppedBy | null = null;
  while (explorer.end === null && stoppedBy === null) {
    const sliceEnd = performance.now() + SLICE_MS;
    explorer.run(() => performance.now() >= sliceEnd);
    const message = heapMessage();
    if (message !== null && explorer.end === null) explorer.outOfMemory(message);
    onProgress?.({
      states: explorer.store.count,
      transitions: explorer.transitions,
      depth: explorer.depth,
      frontier: explorer.frontier,
      elapsedSeconds: elapsedSeconds(),
      memoryBytes: process.memoryUsage.rss(),
    });
    if (explorer.end === null) {
      await breathe();
      stoppedBy = stopped();
    }
  }
  explorer.finish();
  if (explorer.end !== null && explorer.end !== "complete") stoppedBy = explorer.end;

  let found: CheckResult["mistake"] = explorer.mistake && {
    mistake: explorer.mistake.mistake,
    trace: explorer.mistake.state === null ? null : traceTo(explorer, explorer.mistake.state),
  };
  let stopNote = explorer.memoryMessage;

  /** Runs work that breathes, until it has its result or there is a reason to stop. */
  const finish = async <T>(work: Generator<void, T>, otherwise: T): Promise<T> => {
    try {
      for (let sliceEnd = 0; ; ) {
        const { done, value } = work.next();
        if (done) return value;
        if (performance.now() < sliceEnd) continue;
        await breathe();
        const reason = stopped();
        if (reason !== null) {
          stoppedBy ??= reason;
          return otherwise;
        }
        sliceEnd = performance.now() + SLICE_MS;
      }
    } catch (error) {
      if (error instanceof OutOfMemory) {
        stoppedBy ??= "memory";
        stopNote ??= error.message;
      } else if (error instanceof Mistake) {
        stoppedBy ??= "mistake";
        found ??= { mistake: error, trace: null };
      } else throw error;
      return otherwise;
    }
  };

  const findings: Finding[] = [];
  for (const question of questions) findings.push(await finish(question.answer(), UNDECIDED));
  let { depth } = explorer;
  if (explorer.end === "complete" && options.search === "dfs")
    depth = await finish(greatestLevel(explorer), depth);

  // Last of all: it may bring the program values that the store has no room for.
  const results: PropertyResult[] = [];
  for (const [i, { property }] of questions.entries()) {
    const { refutation, ...finding } = findings[i]!;
    const { name, kind, claims = null } = property;
    const search =
      refutation && nearestGood(program, property, instance.properties, refutation, budget);
    const nearest = search ? await nearestOf(search, () => stoppedBy ?? stopped()) : NO_NEAREST;
    results.push({ name, kind, claims, expected: chosen.expected(name), ...finding, ...nearest });
  }

  return {
    model: model.name,
    title: model.title,
    scenario: chosen.scenario?.name ?? null,
    summary: chosen.scenario?.summary ?? null,
    parameters: chosen.parameters,
    faults: instance.faults,
    lanes: instance.lanes,
    search: options.search ?? "bfs",
    complete: explorer.end === "complete",
    stoppedBy,
    stopNote,
    states: explorer.store.count,
    transitions: explorer.transitions,
    depth,
    properties: results,
    warnings: [
      ...(chosen.scenario ? ofNothing(chosen.scenario, instance.properties) : []),
      ...(explorer.end === "complete" ? vacuity(program) : []),
    ],
    mistake: found,
    modelCalls: program.modelCalls,
    elapsedSeconds: elapsedSeconds(),
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  };
}

const UNDECIDED: Finding = {
  verdict: "undecided",
  trace: null,
  witness: null,
  shortest: false,
  explanation: [],
  caughtIn: null,
  causes: null,
  refutation: null,
};

function selected(
  model: Model,
  { properties }: Instance,
  names: readonly string[] | undefined,
): readonly Property[] {
  if (names === undefined) return properties;
  for (const name of names)
    if (!properties.some((property) => property.name === name))
      throw mistake("property-unknown", {
        what: `${model.name} has no property "${name}"`,
        where: `it has ${properties.map((property) => property.name).join(", ")}`,
      });
  return properties.filter(({ name }) => names.includes(name));
}
