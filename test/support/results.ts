/** Results of checks written by hand, for what is made of them afterwards. */
import { Map, Record, Set } from "immutable";
import type { CheckResult, PropertyResult, Trace } from "../../src/check/result.js";
import { type Identity, identities, type StepEvent } from "../../src/model/index.js";

export function resultOf(changes: Partial<CheckResult> = {}): CheckResult {
  return {
    model: "toy",
    title: "A toy",
    scenario: "plain",
    summary: "nothing fails",
    parameters: { size: 3 },
    faults: null,
    lanes: [],
    search: "bfs",
    complete: true,
    stoppedBy: null,
    stopNote: null,
    states: 1568,
    transitions: 12345,
    depth: 12,
    properties: [],
    warnings: [],
    mistake: null,
    modelCalls: 7,
    elapsedSeconds: 0.25,
    peakMemoryBytes: 52_000_000,
    ...changes,
  };
}

export function propertyOf(changes: Partial<PropertyResult> = {}): PropertyResult {
  return {
    name: "agreement",
    kind: "always",
    claims: null,
    verdict: "holds",
    expected: "holds",
    trace: null,
    witness: null,
    shortest: true,
    explanation: [],
    caughtIn: null,
    causes: null,
    nearestGood: null,
    nearestNote: null,
    ...changes,
  };
}

/** A message as a model writes one. */
export class Prepared extends Record(
  { type: "Prepared" as const, rm: null as Identity<"rm"> | null },
  "Prepared",
) {}

export class Commit extends Record(
  {
    tm: "init",
    rmState: Map<Identity<"rm">, string>(),
    msgs: Set<Prepared | string>(),
  },
  "Commit",
) {}

/** A trace of a plain transition system: nothing is told of its steps. */
export function plainTrace(): Trace {
  const [rm1, rm2] = [...identities("rm", 2)] as [Identity<"rm">, Identity<"rm">];
  const start = new Commit({
    rmState: Map([
      [rm2, "working"],
      [rm1, "working"],
    ]),
  });
  const prepared = start
    .setIn(["rmState", rm1], "prepared")
    .set("msgs", Set([new Prepared({ rm: rm1 })]));
  const committed = prepared.set("tm", "committed").set("msgs", Set(["Commit"]));
  return [
    { action: null, state: start, events: [] },
    { action: "RMPrepare(rm1)", state: prepared, events: [] },
    { action: "TMCommit", state: committed, events: [] },
    { action: "Stutter", state: committed, events: [] },
  ];
}

class Protocol extends Record({ step: 0 }, "Protocol") {}

const [coordinator, p1, p2] = ["coordinator", "p1", "p2"] as const;

/** Two-phase commit up to where p1 is blocked, told step by step. */
const BLOCKING: readonly (readonly [action: string, ...events: StepEvent[]])[] = [
  [
    "Start(coordinator)",
    { type: "write", process: coordinator, entry: "WAIT" },
    { type: "send", from: coordinator, to: p1, message: "VOTE_REQUEST" },
    { type: "send", from: coordinator, to: p2, message: "VOTE_REQUEST" },
    { type: "become", process: coordinator, state: "WAIT" },
  ],
  [
    "Receive(p1, VOTE_REQUEST)",
    { type: "receive", process: p1, from: coordinator, message: "VOTE_REQUEST" },
    { type: "write", process: p1, entry: "READY" },
    { type: "send", from: p1, to: coordinator, message: "VOTE_COMMIT" },
    { type: "become", process: p1, state: "READY" },
  ],
  ["Crash(coordinator)", { type: "crash", process: coordinator }],
  [
    "Timeout(p2)",
    { type: "timeout", process: p2, awaited: [coordinator] },
    { type: "decide", process: p2, decision: "abort" },
    { type: "send", from: p2, to: coordinator, message: "VOTE_ABORT" },
    { type: "lose", from: p2, to: coordinator, message: "VOTE_ABORT" },
  ],
];

export function protocolTrace(): Trace {
  return [
    { action: null, state: new Protocol(), events: [] },
    ...BLOCKING.map(([action, ...events], i) => ({
      action,
      state: new Protocol({ step: i + 1 }),
      events,
    })),
  ];
}

/** A check of a protocol whose non-blocking and termination are refuted by one trace. */
export function blockedResult(): CheckResult {
  const violated = { verdict: "violated", expected: "violated", trace: protocolTrace() } as const;
  return resultOf({
    model: "two-phase-commit",
    title: "Two-phase commit",
    scenario: "coordinator-crash",
    summary: "the coordinator may crash once and does not recover",
    parameters: { participants: 2 },
    faults: "crash(coordinator)=1",
    lanes: [coordinator, p1, p2],
    properties: [
      propertyOf({ claims: "no two processes decide differently" }),
      propertyOf({
        ...violated,
        name: "non-blocking",
        kind: "alwaysPossible",
        claims: "who is up can still decide",
        explanation: ["p1 is stuck in READY.", "Nobody can tell it the decision."],
        caughtIn: 4,
      }),
      propertyOf({ ...violated, name: "termination", kind: "alwaysPossible" }),
    ],
  });
}
