/**
 * The state spaces of the shipped models, as they are known to be: what a change of a guard, a handler or
 * of what failures do cannot leave as it is.
 */

import transactionCommit from "../../models/transaction-commit.js";
import twoPhaseCommit from "../../models/two-phase-commit.js";
import decisionUnlogged from "../../models/two-phase-commit-decision-unlogged.js";
import voteUnlogged from "../../models/two-phase-commit-vote-unlogged.js";
import type { CheckOptions, CheckResult } from "../../src/check/index.js";
import { type Instance, type Model, parameterValues } from "../../src/model/index.js";
import abortWithoutReason from "./abort-without-reason.js";
import noTimeout from "./no-timeout.js";

/** By size: states, transitions, depth, and what is violated after how many steps. */
type Sizes = Readonly<Record<number, readonly [number, number, number, string?]>>;

interface Group {
  readonly model: Model;
  readonly folder?: string;
  /** A shipped scenario; or failures that none of them has, for what only those bring about. */
  readonly scenario?: string;
  readonly faults?: string;
  readonly termination?: string;
  readonly sizes: Sizes;
  readonly warnings?: readonly string[];
}

const GROUPS: readonly Group[] = [
  {
    model: transactionCommit,
    scenario: "as-published",
    sizes: {
      1: [12, 19, 4],
      2: [56, 153, 7],
      3: [288, 1145, 10],
      4: [1568, 8257, 13],
    },
  },
  {
    model: twoPhaseCommit,
    scenario: "coordinator-crash",
    sizes: {
      1: [18, 20, 5, "non-blocking 3, termination 3"],
      2: [84, 147, 8, "non-blocking 2, termination 2"],
      3: [492, 1239, 11, "non-blocking 2, termination 2"],
      4: [3360, 11383, 14, "non-blocking 2, termination 2"],
    },
  },
  {
    model: twoPhaseCommit,
    scenario: "no-failures",
    sizes: {
      1: [7, 6, 4],
      2: [31, 47, 7],
      3: [163, 370, 10],
      4: [943, 2877, 13],
    },
  },
  {
    model: twoPhaseCommit,
    scenario: "coordinator-crash-recovery",
    sizes: {
      1: [42, 59, 6, "non-blocking 3"],
      2: [410, 938, 9, "non-blocking 2"],
      3: [5046, 17289, 12, "non-blocking 2"],
    },
  },
  {
    model: twoPhaseCommit,
    scenario: "coordinator-crash-recovery-asynchronous",
    sizes: {
      1: [88, 170, 6, "non-blocking 3"],
      2: [1034, 3750, 9, "non-blocking 2"],
      3: [14734, 84182, 12, "non-blocking 2"],
    },
  },
  {
    model: twoPhaseCommit,
    scenario: "participant-crash-recovery",
    sizes: {
      1: [53, 78, 7],
      2: [404, 979, 10],
      3: [2746, 9184, 13],
    },
  },
  {
    model: twoPhaseCommit,
    scenario: "cooperative-coordinator-crash",
    sizes: {
      1: [18, 22, 5, "non-blocking 3, termination 3"],
      2: [140, 279, 10, "non-blocking 4, termination 4"],
      3: [2438, 8649, 16, "non-blocking 5, termination 5"],
    },
  },
  {
    model: twoPhaseCommit,
    scenario: "cooperative-coordinator-crash-recovery",
    sizes: {
      1: [42, 62, 6, "non-blocking 3"],
      2: [1525, 4427, 14, "non-blocking 4"],
    },
  },
  {
    model: twoPhaseCommit,
    scenario: "cooperative-two-crashes",
    sizes: {
      1: [40, 59, 6, "non-blocking 3, termination 3"],
      2: [398, 981, 11, "non-blocking 3, termination 3"],
      3: [7652, 30612, 17, "non-blocking 4, termination 4"],
    },
  },
  {
    model: twoPhaseCommit,
    scenario: "cooperative-two-crashes-recovery",
    sizes: {
      1: [245, 531, 9, "non-blocking 3"],
      2: [15258, 58353, 17, "non-blocking 3"],
    },
  },
  {
    model: voteUnlogged,
    scenario: "participant-crash-recovery",
    sizes: {
      1: [52, 79, 7, "agreement 4"],
      2: [404, 985, 10, "agreement 6"],
      3: [2747, 9199, 13, "agreement 8"],
    },
  },
  {
    model: decisionUnlogged,
    scenario: "coordinator-crash-recovery",
    sizes: {
      1: [105, 199, 7, "agreement 6, irrevocability 5, non-blocking 3"],
      2: [1193, 4234, 11, "agreement 8, irrevocability 7, non-blocking 2"],
      3: [16227, 90898, 16, "agreement 10, irrevocability 9, non-blocking 2"],
    },
  },
  // Nobody has crashed, so nobody recovers.
  {
    model: twoPhaseCommit,
    faults: "recover=1",
    sizes: { 1: [7, 6, 4] },
  },
  // Timeouts without a crash.
  {
    model: twoPhaseCommit,
    faults: "detect=arbitrary",
    sizes: {
      1: [16, 22, 4],
      2: [90, 240, 7],
    },
  },
  // Down a second time, for good.
  {
    model: twoPhaseCommit,
    faults: "crash=2, recover=1",
    sizes: { 1: [143, 350, 7, "non-blocking 3, termination 4"] },
  },
  // Down again in the middle of a recovery.
  {
    model: twoPhaseCommit,
    faults: "crash=2, recover=2",
    sizes: { 1: [267, 626, 8, "non-blocking 3"] },
  },
  // Two budgets from which a crash may be paid, one after the other.
  {
    model: twoPhaseCommit,
    faults: "crash=1, crash(p1)=1, recover=1",
    sizes: { 1: [151, 353, 8, "non-blocking 3, termination 4"] },
  },
  // One recovers, and only another participant can tell it.
  {
    model: twoPhaseCommit,
    termination: "cooperative",
    faults: "crash(coordinator)=1, crash(p1)=1, recover(p1)=1",
    sizes: { 2: [828, 2442, 14, "non-blocking 3, termination 4"] },
  },
  // An abort before anything has failed, which is no more valid where something may.
  {
    model: abortWithoutReason,
    folder: "test/models",
    scenario: "coordinator-crash",
    sizes: {
      1: [17, 20, 4, "validity 2, may-commit"],
      2: [99, 203, 6, "validity 2, may-commit"],
    },
  },
  // A timer that runs out, and nothing that anybody does about it.
  {
    model: noTimeout,
    folder: "test/models",
    scenario: "asynchronous",
    sizes: { 1: [2, 1, 1] },
    warnings: ["the action timeout has no step in any reachable state"],
  },
];

/** What a search must find. */
export interface Findings {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** `agreement 4, …`: the properties violated, each with the steps of its shortest counterexample. */
  readonly violated: string;
  readonly warnings: readonly string[];
  readonly mistake: string | null;
}

export interface StateSpace {
  /** As a test calls it. */
  readonly name: string;
  readonly model: Model;
  readonly file: string;
  readonly options: CheckOptions;
  readonly known: Findings;
}

/** Every state space that is known, the smallest first. */
export const STATE_SPACES: readonly StateSpace[] = GROUPS.flatMap(spacesOf).sort(
  (a, b) => a.known.states - b.known.states,
);

function spacesOf(group: Group): readonly StateSpace[] {
  const { model, folder = "models", scenario, faults, termination, sizes, warnings = [] } = group;
  const [size] = model.scenarios[0]!.sizes!;
  return Object.entries(sizes).map(([n, [states, transitions, depth, violated = ""]]) => ({
    name: `${model.name} ${scenario ?? faults} ${n}`,
    model,
    file: `${folder}/${model.name}.ts`,
    options: {
      ...(scenario !== undefined && { scenario }),
      ...(faults !== undefined && { faults }),
      parameters: { [size!]: Number(n), ...(termination !== undefined && { termination }) },
    },
    known: { states, transitions, depth, violated, warnings, mistake: null },
  }));
}

/** What a search has found, in the form in which it is known. */
export function findings(result: CheckResult): Findings {
  return {
    states: result.states,
    transitions: result.transitions,
    depth: result.depth,
    violated: result.properties
      .filter(({ verdict }) => verdict !== "holds")
      .map(({ name, trace }) => (trace ? `${name} ${trace.length - 1}` : name))
      .join(", "),
    warnings: result.warnings.map(({ message }) => message),
    mistake: result.mistake?.mistake.code ?? null,
  };
}

/** The transition system itself, for those who search it without `check`. */
export function instanceOf({ model, options }: Pick<StateSpace, "model" | "options">): Instance {
  const scenario = model.scenarios.find(({ name }) => name === options.scenario);
  const given = { ...scenario?.parameters, ...options.parameters };
  return model.instantiate({
    parameters: parameterValues(model.parameters, given),
    faults: options.faults ?? scenario?.faults ?? null,
  });
}
