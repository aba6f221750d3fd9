/**
 * `npm run bench [-- --runs N]`: the speed and the memory of the engine through the public API, each
 * figure the median of N whole processes (5 by default), beside the naive reference explorer where that
 * finishes. Exits 1 if a state space is not the one that is known.
 */
import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Measurement } from "./measure.js";
import { SUBJECTS, type Subject } from "./subjects.js";

const { values } = parseArgs({ options: { runs: { type: "string", default: "5" } } });
const runs = Math.max(1, Number(values.runs) || 1);

const MEASURE = fileURLToPath(new URL("./measure.js", import.meta.url));

function run(index: number, how: "engine" | "naive"): Measurement {
  const args = ["--max-old-space-size=8192", MEASURE, String(index), how];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as Measurement;
}

function median(measurements: readonly Measurement[], of: (m: Measurement) => number): number {
  const sorted = measurements.map(of).sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

/** As a person reads a large number. */
const grouped = (n: number) => n.toLocaleString("en-US");

function row(subject: Subject, index: number): string[] {
  const engine = Array.from({ length: runs }, () => run(index, "engine"));
  const { states, transitions, depth, modelCalls } = engine[0]!;
  for (const known of ["states", "transitions"] as const)
    if (subject[known] !== undefined && subject[known] !== engine[0]![known]) {
      process.exitCode = 1;
      print(`WRONG: ${engine[0]![known]} ${known} instead of ${subject[known]}`);
    }
  const wall = median(engine, (m) => m.wallSeconds);
  const cpu = median(engine, (m) => m.cpuSeconds);
  const naive = subject.naive ? run(index, "naive") : null;
  if (naive && naive.states !== states) {
    process.exitCode = 1;
    print(`WRONG: the naive explorer found ${naive.states} states`);
  }
  const [size] = Object.entries(subject.parameters).map(([name, value]) => `${name} ${value}`);
  return [
    `${subject.model}, ${size}${subject.properties === "none" ? ", search alone" : ""}`,
    grouped(states),
    grouped(transitions),
    String(depth),
    wall.toFixed(2),
    cpu.toFixed(2),
    `${(transitions / cpu / 1e6).toFixed(2)} M`,
    grouped(modelCalls!),
    states > 1_000_000 ? (median(engine, (m) => m.peakBytes) / states).toFixed(1) : "–",
    naive ? `${naive.wallSeconds.toFixed(1)} s (× ${(naive.wallSeconds / wall).toFixed(0)})` : "–",
  ];
}

const print = (line: string) => process.stdout.write(`${line}\n`);

print(`Node ${process.version}, ${cpus()[0]?.model.trim()}, medians of ${runs}\n`);
const header =
  "model|states|transitions|depth|wall s|CPU s|transitions / CPU s|calls|bytes / state|naive";
print(`| ${header.split("|").join(" | ")} |`);
print(
  `|${header
    .split("|")
    .map((_, i) => (i === 0 ? "---" : "--:"))
    .join("|")}|`,
);
for (const [index, subject] of SUBJECTS.entries()) print(`| ${row(subject, index).join(" | ")} |`);
