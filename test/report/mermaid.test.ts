import { describe, expect, it } from "vitest";
import type { StepEvent } from "../../src/model/index.js";
import { mermaid } from "../../src/report/mermaid.js";
import { blockedResult, plainTrace, propertyOf, resultOf } from "../support/results.js";

describe("a protocol's diagram", () => {
  it("has the processes as lanes, arrows where messages arrive, and notes for the rest", () => {
    expect(mermaid.render(blockedResult())).toMatchInlineSnapshot(`
      "%% two-phase-commit, agreement: holds, non-blocking: violated, termination: violated
      sequenceDiagram
        participant P1 as coordinator
        participant P2 as p1
        participant P3 as p2
        Note over P1: logs WAIT<br/>enters WAIT
        P1->>P2: VOTE_REQUEST
        Note over P2: logs READY<br/>enters READY
        Note over P1: ✗ crashes
        Note over P3: times out waiting for coordinator<br/>decides abort
        P3-xP1: VOTE_ABORT (lost)
        P1--)P3: VOTE_REQUEST (not yet received)
        P2--)P1: VOTE_COMMIT (not yet received)
        Note over P2: p1 is stuck in READY.
        Note over P1,P3: Nobody can tell it the decision.
      "
    `);
  });

  it("gives signs that mean something to Mermaid by their codes", () => {
    const [from, to] = ['a;b#"c"', "end"];
    const events: StepEvent[] = [
      { type: "send", from, to, message: "<b>&" },
      { type: "receive", process: to, from, message: "<b>&" },
    ];
    const { state } = plainTrace()[0]!;
    const drawn = mermaid.render(
      resultOf({
        lanes: [from, to],
        properties: [
          propertyOf({
            verdict: "violated",
            trace: [
              { action: null, state, events: [] },
              { action: "A", state, events },
            ],
          }),
        ],
      }),
    );
    expect(drawn).toContain("participant P1 as a#59;b#35;#34;c#34;\n");
    expect(drawn).toContain("participant P2 as #101;nd\n");
    expect(drawn).toContain("P1->>P2: #60;b#62;#38;\n");
  });
});

it("draws a plain transition system as a chain of steps", () => {
  const properties = [propertyOf({ verdict: "violated", trace: plainTrace() })];
  expect(mermaid.render(resultOf({ properties }))).toMatchInlineSnapshot(`
    "%% toy, agreement: violated
    flowchart TD
      s0["tm: init<br/>rmState: {rm1: working, rm2: working}<br/>msgs: {}"]
      s0 -->|"RMPrepare(rm1)"| s1["rmState.rm1: working → prepared<br/>msgs: + Prepared(rm1)"]
      s1 -->|"TMCommit"| s2["tm: init → committed<br/>msgs: − Prepared(rm1)<br/>msgs: + Commit"]
      s2 -->|"Stutter"| s3["(nothing changes)"]
    "
  `);
});

it("is a comment where there is no trace", () => {
  const properties = [propertyOf({ verdict: "undecided" })];
  expect(mermaid.render(resultOf({ properties }))).toBe(
    "%% toy, agreement: undecided\n%% no property has a trace\n",
  );
});
