/** Runs one subject once, in a process of its own, and prints what it took as JSON. */
import { MODELS } from "../models/index.js";
import { check } from "../src/check/index.js";
import { explore } from "../test/support/reference.js";
import { SUBJECTS } from "./subjects.js";

export interface Measurement {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
  /** Calls of the model's functions; null for the naive explorer, which calls them for every state. */
  readonly modelCalls: number | null;
}

async function measure(index: number, how: "engine" | "naive"): Promise<Measurement> {
  const { model: name, parameters, properties } = SUBJECTS[index]!;
  const { default: model } = await MODELS.get(name)!();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const taken = () => {
    const { user, system } = process.cpuUsage(cpu);
    return {
      wallSeconds: (performance.now() - start) / 1000,
      cpuSeconds: (user + system) / 1e6,
      peakBytes: process.resourceUsage().maxRSS * 1024,
    };
  };
  if (how === "naive") {
    const faults = model.takesFaults ? (model.scenarios[0]?.faults ?? "") : null;
    const values = { ...defaultsOf(model.parameters), ...parameters };
    const { states, transitions, depth } = explore(
      model.instantiate({ parameters: values, faults }).system,
    )!;
    return { states, transitions, depth, ...taken(), modelCalls: null };
  }
  const result = await check(model, {
    parameters,
    ...(properties === "none" ? { properties: [] } : {}),
  });
  const { states, transitions, depth, modelCalls } = result;
  return { states, transitions, depth, ...taken(), modelCalls };
}

function defaultsOf(declarations: Readonly<Record<string, { readonly default: number | string }>>) {
  return Object.fromEntries(
    Object.entries(declarations).map(([name, declaration]) => [name, declaration.default]),
  );
}

const [index, how] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await measure(Number(index), how as "engine" | "naive")));
