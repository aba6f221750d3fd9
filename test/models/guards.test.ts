/**
 * Every guard of the shipped models, and of the lowering that all protocols go through, is weakened in
 * turn; then one of the known state spaces is no longer what it was. A guard that can go unnoticed is either
 * not needed, or not tested.
 */
import { describe, expect, it } from "vitest";
import { check } from "../../src/check/index.js";
import { Mistake } from "../../src/model/index.js";
import { EQUIVALENT } from "../support/equivalent-mutants.js";
import { type Mutant, mutantsOf } from "../support/mutants.js";
import { LOWERING_RULES, MODEL_RULES } from "../support/mutation-rules.js";
import { readSource, Sources, type SourceText } from "../support/sources.js";
import { type Findings, findings, STATE_SPACES, type StateSpace } from "./state-spaces.js";

const MODEL_FILES = [
  "models/transaction-commit.ts",
  "models/two-phase-commit.ts",
  "models/two-phase-commit-vote-unlogged.ts",
  "models/two-phase-commit-decision-unlogged.ts",
];

/**
 * Where it is decided what can happen to a protocol, and when. The other files there hold also what only
 * failures other than crashes use, of which no state space is known here yet.
 */
const LOWERING_FILES = ["perform", "step-cut-short", "whole-step"].map(
  (name) => `src/protocol/lowering/${name}.ts`,
);

/** Larger ones show nothing that these do not. */
const STATES_MAX = 2000;

interface Tested extends StateSpace {
  /** All that the model is made of. */
  readonly files: ReadonlySet<string>;
}

const TESTED: readonly Tested[] = STATE_SPACES.filter(
  ({ known }) => known.states <= STATES_MAX,
).map((space) => {
  const sources = new Sources();
  sources.model(space.file);
  return { ...space, files: sources.files };
});

/** Which state space gives a change of the sources away, and by what; null when none does. */
async function noticed(changed: SourceText): Promise<string | null> {
  const sources = new Sources(changed);
  for (const { files, file, name, options, known } of TESTED) {
    if (!files.has(changed.file)) continue;
    const found = await searched(sources, file, { ...options, maxStates: known.states + 1 });
    const what = differences(found, known);
    if (what.length > 0) return `${name}: ${what.join(", ")}`;
  }
  return null;
}

/** A mistake that prevents the search is a finding like one that ends it. */
async function searched(
  sources: Sources,
  file: string,
  options: StateSpace["options"],
): Promise<Partial<Findings>> {
  const model = sources.model(file);
  try {
    return findings(await check(model, options));
  } catch (error) {
    if (error instanceof Mistake) return { mistake: error.code };
    throw error;
  }
}

const differences = (found: Partial<Findings>, known: Findings): readonly string[] =>
  Object.entries(known)
    .filter(([key, value]) => String(found[key as keyof Findings]) !== String(value))
    .map(([key]) => key);

const called = ({ file, line, name }: Mutant) => `${file}:${line} ${name}`;

const FILES = [
  ...MODEL_FILES.map((file) => ({ file, mutants: mutantsOf(readSource(file), MODEL_RULES) })),
  ...LOWERING_FILES.map((file) => ({ file, mutants: mutantsOf(readSource(file), LOWERING_RULES) })),
].map(({ file, mutants }) => ({ file, mutants, guards: mutants.length }));

const isEquivalent = ({ file, name }: Mutant) =>
  EQUIVALENT.some((mutant) => mutant.file === file && mutant.name === name);

describe("it is noticed when a guard is weakened, of", () => {
  it.each(FILES)("$guards in $file", { timeout: 120_000 }, async ({ mutants }) => {
    expect(mutants).not.toEqual([]);
    const unnoticed: string[] = [];
    for (const mutant of mutants.filter((m) => !isEquivalent(m)))
      if ((await noticed(mutant)) === null) unnoticed.push(called(mutant));
    expect(unnoticed).toEqual([]);
  });
});

describe("nothing changes, for a reason that is given, when this is weakened:", () => {
  const tested = EQUIVALENT.filter(({ file }) => FILES.some((known) => known.file === file));
  it.each(tested)("$file, $name", async ({ file, name }) => {
    const mutants = FILES.find((known) => known.file === file)?.mutants ?? [];
    const meant = mutants.filter((mutant) => mutant.name === name);
    expect(meant.length).toBe(1);
    expect(await noticed(meant[0]!)).toBe(null);
  });

  it("or when nothing is", async () => {
    expect(await noticed(readSource("models/transaction-commit.ts"))).toBe(null);
    expect(await noticed(readSource("src/protocol/lowering/crash.ts"))).toBe(null);
  });
});
