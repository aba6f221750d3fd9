import { describe, expect, it } from "vitest";
import twoPhaseCommit from "../../models/two-phase-commit.js";
import voteUnlogged from "../../models/two-phase-commit-vote-unlogged.js";
import { check } from "../../src/check/index.js";
import type { StepEvent } from "../../src/model/index.js";
import type { ProtocolState } from "../../src/protocol/index.js";
import { endings } from "../../src/report/ending.js";
import { paintFor } from "../../src/report/paint.js";
import { beginnings, sentences } from "../../src/report/sentences.js";
import { text } from "../../src/report/text.js";
import { everyEvent } from "../support/every-event.js";
import { blockedResult } from "../support/results.js";

const paint = paintFor({ color: false });
const sends = (to: string): StepEvent => ({ type: "send", from: "c", to, message: "M" });
const loses = (to: string): StepEvent => ({ type: "lose", from: "c", to, message: "M" });
const becomes = (process: string, state: string): StepEvent => ({ type: "become", process, state });
const told = (...events: StepEvent[]) => sentences(events, paint);

describe("a step", () => {
  it("is told as one sentence for what one process does", () => {
    expect(told({ type: "timeout", process: "c", awaited: ["p1"] }, becomes("c", "ABORT"))).toEqual(
      ["c times out waiting for p1 and enters ABORT"],
    );
    expect(
      told(becomes("c", "WAIT"), sends("p1"), sends("p2"), { type: "crash", process: "c" }),
    ).toEqual(["c enters WAIT, sends M to p1 and p2, and crashes"]);
  });

  it("says beside its receiver that a message is lost", () => {
    expect(told(sends("p1"), sends("p2"), sends("p3"), loses("p2"))).toEqual([
      "c sends M to p1, p2 (lost) and p3",
    ]);
    // One that was sent long ago.
    expect(told(loses("p1"))).toEqual(["M from c to p1 is lost"]);
  });

  it("that a crash cuts short says what did not happen any more", () => {
    expect(told({ type: "crash", process: "c", before: "logging COMMIT" })).toEqual([
      "c crashes before logging COMMIT",
    ]);
    const write: StepEvent = { type: "write", process: "c", entry: "READY" };
    const cut = (before: string): StepEvent => ({ type: "crash", process: "c", before });
    expect(told(write, becomes("c", "READY"), cut("sending M to p1"))).toEqual([
      "c enters READY and crashes after logging READY, before sending M to p1",
    ]);
    expect(told(write, sends("p1"), sends("p2"), cut("sending M to p3"))).toEqual([
      "c logs READY and crashes after sending M to p1 and p2, before sending it to p3",
    ]);
    const decide: StepEvent = { type: "decide", process: "c", decision: "commit" };
    expect(told(write, decide, cut("sending M to p1"))).toEqual([
      "c logs READY and crashes after deciding commit, before sending M to p1",
    ]);
    expect(told(write, { type: "crash", process: "c" })).toEqual(["c logs READY and crashes"]);
  });
});

it("of every kind that there is, a run reads like this", () => {
  const run = everyEvent();
  expect(run.slice(1).map(({ events }) => told(...events).join("; "))).toMatchInlineSnapshot(`
    [
      "alice starts, logs WAIT, round = 1, enters WAIT, and sends ASK to bob, carol (lost) and a process with a long name",
      "bob receives ASK from alice, enters READY, and sends YES to alice and carol",
      "YES from bob to alice is late: it misses this round",
      "YES from bob to carol is duplicated",
      "carol receives YES from bob, says NO in place of YES (value failure), and sends NO to a process with a long name",
      "the network splits: alice and bob | carol and a process with a long name",
      "alice times out waiting for carol and a process with a long name, and fails to send Prepare(ballot = 7, value = <x & y>) to bob",
      "NO from carol to a process with a long name is lost",
      "a process with a long name wrongly times out waiting for alice and sends GO to carol in the name of alice",
      "the network is whole again",
      "carol receives GO from alice, decides commit, and sends DONE to alice and a process with a long name",
      "bob crashes before sending a message with a very long name indeed to alice",
      "alice ends its round",
      "a process with a long name ends its round early and times out waiting for bob (whose answer is late)",
      "bob recovers, enters INIT, decides abort, and sends NO to alice",
      "alice receives YES from bob and decides leader = alice",
      "a process with a long name fails to receive ASK from alice",
      "the network lets nothing through from alice to bob, carol and a process with a long name any more",
      "a process with a long name crashes; alice sends REMINDER to alice",
    ]
  `);
});

describe("a beginning", () => {
  it("puts together those that are in the same state", () => {
    expect(beginnings([becomes("a", "INIT"), becomes("b", "INIT")], paint)).toBe("all are in INIT");
    expect(
      beginnings([becomes("a", "LEADER"), becomes("b", "IDLE"), becomes("c", "IDLE")], paint),
    ).toBe("a is in LEADER; b and c are in IDLE");
  });
});

it.each([
  [twoPhaseCommit, "coordinator-crash", 3],
  [twoPhaseCommit, "coordinator-crash-recovery", 2],
  [twoPhaseCommit, "cooperative-two-crashes-recovery", 2],
  [voteUnlogged, "participant-crash-recovery", 3],
] as const)(
  "where a trace leaves everybody is where they are (%#)",
  async (model, scenario, participants) => {
    const { lanes, properties } = await check(model, { scenario, parameters: { participants } });
    const traces = properties.flatMap(({ trace, witness }) => [trace ?? [], witness ?? []]);
    const told = traces.filter((trace) => trace.length > 0);
    expect(told.length).toBeGreaterThan(2);
    for (const trace of told)
      for (const length of trace.keys()) {
        const { local } = trace[length]!.state as unknown as ProtocolState;
        const now = endings(lanes, trace.slice(0, length + 1)).filter(({ up }) => up);
        expect(now.map(({ process, state }) => `${process} ${state}`)).toEqual(
          lanes.flatMap((lane) =>
            [...local].filter(([p]) => p.name === lane).map(([p, { state }]) => `${p} ${state}`),
          ),
        );
      }
  },
);

it("does not say again of a second property what was said of the first", () => {
  const result = blockedResult();
  const [agreement, blocking, termination] = result.properties;
  const again = {
    ...termination!,
    caughtIn: 4,
    explanation: ["p1 is stuck for ever.", "Nobody can tell it the decision."],
  };
  const report = text.render({ ...result, properties: [agreement!, blocking!, again] });
  expect(report).toContain(
    "Why termination is violated, besides what stands above:\n    p1 is stuck for ever.\n\n",
  );
  expect(report.match(/Nobody can tell it/g)).toHaveLength(1);
});
