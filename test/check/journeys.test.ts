import { expect, it } from "vitest";
import { journeysOf } from "../../src/check/journeys.js";
import type { StepEvent } from "../../src/model/index.js";
import { traceOf } from "../support/events.js";

const send: StepEvent = { type: "send", from: "a", to: "b", message: "M" };
const receive: StepEvent = { type: "receive", process: "b", from: "a", message: "M" };
const lose: StepEvent = { type: "lose", from: "a", to: "b", message: "M" };
const omit = (side: "send" | "receive"): StepEvent => ({
  type: "omit",
  process: side === "send" ? "a" : "b",
  side,
  from: "a",
  to: "b",
  message: "M",
});
const underWay = { from: "a", to: "b", message: "M" };

const fates = (...steps: StepEvent[][]) =>
  journeysOf(traceOf(...steps)).map(({ fate, sent, ended }) => [
    fate,
    sent?.step ?? null,
    ended?.step ?? null,
  ]);

it("a message is received, lost, omitted or under way", () => {
  expect(fates([send, send, send], [receive], [lose])).toEqual([
    ["received", 1, 2],
    ["lost", 1, 3],
    ["under way", 1, null],
  ]);
  expect(fates([send], [omit("receive")])).toEqual([["omitted", 1, 2]]);
});

it("one that is not sent at all does not take away one that was", () => {
  expect(fates([send], [omit("send")], [receive])).toEqual([
    ["received", 1, 3],
    ["omitted", 2, 2],
  ]);
  expect(fates([send, omit("send")])).toEqual([["omitted", 1, 1]]);
});

it("one that is lost as it is sent is not taken for an earlier one", () => {
  expect(fates([send], [send, lose], [receive])).toEqual([
    ["received", 1, 3],
    ["lost", 2, 2],
  ]);
});

it("one that the states no longer have is ignored, from the step on in which it went", () => {
  const trace = traceOf([send], [send], [receive], []).map((step, i) => ({
    ...step,
    underWay: [[], [underWay], [underWay, underWay], [underWay], []][i]!,
  }));
  expect(journeysOf(trace).map(({ fate, ended }) => [fate, ended?.step])).toEqual([
    ["received", 3],
    ["ignored", 4],
  ]);
});

it("one that was never sent as far as the trace tells is received all the same", () => {
  expect(fates([receive])).toEqual([["received", null, 1]]);
});
