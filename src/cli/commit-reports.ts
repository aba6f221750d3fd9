/** `reports/commit/`: every atomic commit protocol against every class of failure. */
import { MODELS } from "../../models/index.js";
import { type CheckResult, checkMatrix, concurrency, type MatrixRun } from "../check/index.js";
import type { Model } from "../model/index.js";
import {
  CONCURRENCY_FORMATS,
  matrixMarkdown,
  PLAIN,
  sideBySide,
  tracePages,
} from "../report/index.js";

const PROTOCOLS = [
  "two-phase-commit",
  "two-phase-commit-listings",
  "two-phase-commit-presumed",
  "three-phase-commit",
  "paxos-commit",
];

/** One of each class, and what is interesting together. */
const FAILURES = [
  "none",
  "crash=1",
  "crash=2",
  "crash=1, recover=1",
  "crash=1, detect=arbitrary",
  "send-omission=1",
  "receive-omission=1",
  "send-omission(1 of any)=permanent",
  "lose=1",
  "duplicate=1",
  "links=fifo, crash=1",
  "late=1",
  "suspect=1",
  "suspect=2",
  "partition=1",
  "partition=1, heal=1",
  "one-way-partition=1",
  "value=1",
  "transition=1",
  "benign=1",
  "malicious(1 of any)=1",
  "forge(1 of any)=1",
];

/** More is left undecided, and says so: a report must not take an hour. */
const MAX_STATES = 60_000;

/** Small enough that each cell takes about a second. */
const SIZES = { participants: [2], rms: [1], acceptors: [3] };

/** What the overview says of them. */
export const COMMIT_REPORTS =
  "Atomic commit protocols against every class of failure: [the matrix](commit/README.md); [2PC and 3PC, side by side](commit/side-by-side.md).";

export async function commitPages(
  results: readonly CheckResult[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const models = await Promise.all(PROTOCOLS.map(loadShipped));
  const run = await checkMatrix(
    { models, faults: FAILURES, parameters: SIZES, maxStates: MAX_STATES },
    { signal },
  );
  const pages = new Map(matrixPages(run, models));
  pages.set(
    "side-by-side.md",
    sideBySide(
      results,
      [
        {
          model: "two-phase-commit",
          scenario: "coordinator-crash",
          property: "non-blocking",
          says: "Two-phase commit blocks",
        },
        {
          model: "three-phase-commit",
          scenario: "partition",
          property: "agreement",
          says: "Three-phase commit disagrees when the network splits",
        },
        {
          model: "three-phase-commit",
          scenario: "false-suspicions",
          property: "agreement",
          says: "Three-phase commit disagrees when suspicions are false",
        },
      ],
      "..",
    ),
  );
  for (const name of ["two-phase-commit", "three-phase-commit"]) {
    const result = await concurrency(await loadShipped(name), { signal });
    pages.set(`concurrency-${name}.md`, CONCURRENCY_FORMATS.get("markdown")!(result, PLAIN));
  }
  return new Map([...pages].map(([file, text]) => [`commit/${file}`, text]));
}

function matrixPages(run: MatrixRun, models: readonly Model[]): ReadonlyMap<string, string> {
  const { files, pageOf } = tracePages(run, (name) => models.find((m) => m.name === name)!);
  // What is to be run again can be made from the page: the documents are large.
  const pages = [...files].filter(([file]) => !file.endsWith(".json"));
  const title = "Atomic commit against every class of failure";
  return new Map([["README.md", matrixMarkdown(run, { title, link: pageOf })], ...pages]);
}

const loadShipped = async (name: string): Promise<Model> => (await MODELS.get(name)!()).default;
