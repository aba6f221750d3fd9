/**
 * The state spaces of the shipped models, as they are known to be: what a change of a guard, a handler or
 * of what failures do cannot leave as it is.
 */

import paxosCommit from "../../models/paxos-commit.js";
import ownProposal from "../../models/paxos-commit-own-proposal.js";
import threePhaseCommit from "../../models/three-phase-commit.js";
import noMove from "../../models/three-phase-commit-no-move.js";
import transactionCommit from "../../models/transaction-commit.js";
import twoPhaseCommit from "../../models/two-phase-commit.js";
import decisionUnlogged from "../../models/two-phase-commit-decision-unlogged.js";
import listings from "../../models/two-phase-commit-listings.js";
import presumed from "../../models/two-phase-commit-presumed.js";
import tooSoon from "../../models/two-phase-commit-presumed-too-soon.js";
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
      1: [40, 57, 6, "non-blocking 3"],
      2: [354, 814, 9, "non-blocking 2"],
      3: [3868, 13251, 12, "non-blocking 2"],
    },
  },
  {
    model: twoPhaseCommit,
    scenario: "coordinator-crash-recovery-asynchronous",
    sizes: {
      1: [84, 162, 6, "non-blocking 3"],
      2: [884, 3122, 9, "non-blocking 2"],
      3: [10686, 58400, 12, "non-blocking 2"],
    },
  },
  {
    model: twoPhaseCommit,
    scenario: "participant-crash-recovery",
    sizes: {
      1: [51, 76, 7],
      2: [388, 947, 10],
      3: [2650, 8896, 13],
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
      1: [40, 60, 6, "non-blocking 3"],
      2: [1210, 3547, 12, "non-blocking 4"],
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
      1: [230, 503, 9, "non-blocking 3"],
      2: [11591, 44839, 16, "non-blocking 3"],
    },
  },
  {
    model: voteUnlogged,
    scenario: "participant-crash-recovery",
    sizes: {
      1: [51, 78, 7, "agreement 4"],
      2: [391, 961, 10, "agreement 6"],
      3: [2658, 8941, 13, "agreement 8"],
    },
  },
  {
    model: decisionUnlogged,
    scenario: "coordinator-crash-recovery",
    sizes: {
      1: [101, 191, 7, "agreement 6, irrevocability 5, non-blocking 3"],
      2: [1043, 3606, 11, "agreement 8, irrevocability 7, non-blocking 2"],
      3: [12179, 65116, 16, "agreement 10, irrevocability 9, non-blocking 2"],
    },
  },
  {
    model: threePhaseCommit,
    scenario: "coordinator-crash",
    sizes: { 1: [26, 30, 6], 2: [184, 312, 14], 3: [1688, 4116, 22] },
  },
  {
    model: threePhaseCommit,
    scenario: "no-failures",
    sizes: { 1: [9, 8, 6], 2: [39, 59, 11], 3: [189, 424, 16] },
  },
  {
    model: threePhaseCommit,
    scenario: "two-crashes",
    sizes: { 1: [58, 83, 7], 2: [695, 1583, 15] },
  },
  {
    model: threePhaseCommit,
    scenario: "crash-recovery",
    sizes: { 1: [142, 249, 10], 2: [1959, 5720, 17] },
  },
  {
    model: threePhaseCommit,
    scenario: "total-failure",
    sizes: { 1: [684, 1741, 12, "non-blocking 4, termination 5"] },
  },
  {
    model: threePhaseCommit,
    scenario: "false-suspicions",
    sizes: {
      2: [1071, 3251, 15, "agreement 11, non-blocking 4, termination 4"],
    },
  },
  {
    model: threePhaseCommit,
    scenario: "partition",
    sizes: { 1: [29, 37, 7, "agreement 6"], 2: [531, 1153, 14, "agreement 11"] },
  },
  {
    model: threePhaseCommit,
    scenario: "all-but-one-crash",
    sizes: { 2: [768, 1968, 15], 3: [14031, 50416, 24] },
  },
  {
    model: threePhaseCommit,
    scenario: "two-crashes-recovery",
    sizes: { 2: [9886, 37718, 19] },
  },
  {
    model: threePhaseCommit,
    scenario: "asynchronous",
    sizes: { 2: [13384, 92613, 18, "agreement 9"] },
  },
  // A backup coordinator that has followed another, and one that has recovered in between.
  {
    model: threePhaseCommit,
    faults: "crash=1, recover=1, suspect=1",
    sizes: { 2: [21313, 87319, 20, "agreement 11, non-blocking 4, termination 4"] },
  },
  {
    model: noMove,
    scenario: "two-crashes",
    sizes: { 2: [606, 1420, 13, "agreement 9"] },
  },
  {
    model: listings,
    scenario: "coordinator-crash-asynchronous",
    sizes: {
      1: [47, 69, 6, "non-blocking 3, termination 3"],
      2: [545, 1522, 11, "non-blocking 4, termination 4"],
    },
  },
  {
    model: listings,
    scenario: "coordinator-crash",
    sizes: {
      1: [20, 22, 5, "non-blocking 3, termination 3"],
      2: [116, 189, 9, "non-blocking 4, termination 4"],
    },
  },
  {
    model: listings,
    scenario: "no-failures",
    sizes: { 1: [7, 6, 4], 2: [27, 43, 7] },
  },
  {
    model: presumed,
    scenario: "presumed-abort-coordinator-crash",
    sizes: {
      1: [28, 37, 6, "non-blocking 3, termination 3"],
      2: [258, 610, 10, "non-blocking 2, termination 2"],
    },
  },
  {
    model: presumed,
    scenario: "presumed-abort-coordinator-recovery",
    sizes: { 1: [346, 928, 12, "non-blocking 3"] },
  },
  {
    model: presumed,
    scenario: "presumed-abort-participant-recovery",
    sizes: { 1: [317, 842, 11] },
  },
  {
    model: presumed,
    scenario: "presumed-commit-coordinator-crash",
    sizes: {
      1: [26, 33, 6, "non-blocking 3, termination 3"],
      2: [180, 403, 9, "non-blocking 2, termination 2"],
    },
  },
  {
    model: presumed,
    scenario: "presumed-commit-coordinator-recovery",
    sizes: { 1: [403, 1079, 12, "non-blocking 3"] },
  },
  {
    model: presumed,
    scenario: "presumed-commit-participant-recovery",
    sizes: { 1: [364, 998, 11] },
  },
  {
    model: tooSoon,
    scenario: "presumed-abort-participant-recovery",
    sizes: { 2: [14193, 68065, 22, "agreement 8, irrevocability 11"] },
  },
  {
    model: tooSoon,
    scenario: "presumed-commit-coordinator-recovery",
    sizes: { 2: [11745, 55333, 20, "agreement 6, validity 6, non-blocking 2"] },
  },
  {
    model: paxosCommit,
    scenario: "leader-and-acceptor-crash",
    sizes: { 1: [15865, 63360, 18] },
  },
  {
    model: paxosCommit,
    scenario: "no-failures",
    sizes: { 1: [43, 85, 9], 2: [385, 1169, 14] },
  },
  {
    model: paxosCommit,
    scenario: "leader-crash",
    sizes: { 1: [3403, 12072, 18] },
  },
  {
    model: paxosCommit,
    scenario: "resource-manager-crash",
    sizes: { 1: [4650, 18448, 17] },
  },
  {
    model: paxosCommit,
    scenario: "one-of-each-crash",
    sizes: { 1: [154884, 745884, 23] },
  },
  {
    model: paxosCommit,
    scenario: "acceptor-and-resource-manager-recovery",
    sizes: { 1: [103487, 546181, 21] },
  },
  {
    model: paxosCommit,
    scenario: "two-acceptors-crash",
    sizes: { 1: [31120, 134718, 19, "non-blocking 4, termination 4"] },
  },
  {
    model: paxosCommit,
    scenario: "false-suspicion",
    sizes: { 1: [10002, 43411, 18] },
  },
  {
    model: ownProposal,
    scenario: "leader-crash",
    sizes: { 1: [3170, 11315, 18, "agreement 15"] },
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
    sizes: { 1: [139, 341, 7, "non-blocking 3, termination 4"] },
  },
  // Down again in the middle of a recovery.
  {
    model: twoPhaseCommit,
    faults: "crash=2, recover=2",
    sizes: { 1: [256, 604, 8, "non-blocking 3"] },
  },
  // Two budgets from which a crash may be paid, one after the other.
  {
    model: twoPhaseCommit,
    faults: "crash=1, crash(p1)=1, recover=1",
    sizes: { 1: [145, 340, 8, "non-blocking 3, termination 4"] },
  },
  // One recovers, and only another participant can tell it.
  {
    model: twoPhaseCommit,
    termination: "cooperative",
    faults: "crash(coordinator)=1, crash(p1)=1, recover(p1)=1",
    sizes: { 2: [814, 2386, 14, "non-blocking 3, termination 4"] },
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
  const [size] = Object.keys(model.parameters);
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
