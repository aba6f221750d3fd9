import { expect, it } from "vitest";
import type { StepEvent } from "../../src/model/index.js";
import { endings, inTransit } from "../../src/report/ending.js";
import { plainTrace, protocolTrace } from "../support/results.js";

const { state } = plainTrace()[0]!;
const traceOf = (...events: readonly StepEvent[]) => [{ action: null, state, events }];
const sent = (message: string): StepEvent => ({ type: "send", from: "a", to: "b", message });
const received = (message: string): StepEvent => ({
  type: "receive",
  process: "b",
  from: "a",
  message,
});

it("has under way what was sent and has neither arrived nor been lost", () => {
  expect(inTransit(protocolTrace())).toEqual([
    { from: "coordinator", to: "p2", message: "VOTE_REQUEST" },
    { from: "p1", to: "coordinator", message: "VOTE_COMMIT" },
  ]);
});

it("has nothing under way that nobody will ever look at", () => {
  const trace = traceOf(sent("m"), sent("n")).map((step) => ({
    ...step,
    underWay: [{ from: "a", to: "b", message: "n" }],
  }));
  expect(inTransit(trace).map(({ message }) => message)).toEqual(["n"]);
});

it("takes one of two equal messages for each that arrives, and none for one that nobody sent", () => {
  expect(inTransit(traceOf(sent("m"), sent("m"), received("m")))).toHaveLength(1);
  expect(inTransit(traceOf(sent("m"), received("other")))).toHaveLength(1);
});

it("knows who is up, and what was logged before and after", () => {
  const process = "p1";
  const trace = traceOf(
    { type: "write", process, entry: "READY" },
    { type: "crash", process },
    { type: "recover", process },
    { type: "write", process, entry: "ABORT" },
    { type: "decide", process, decision: "abort" },
    { type: "crash", process: "p2" },
  );
  expect(endings(["p1", "p2"], trace)).toEqual([
    { process: "p1", up: true, state: null, log: ["READY", "ABORT"], decision: "abort" },
    { process: "p2", up: false, state: null, log: [], decision: null },
  ]);
});
