import { Set } from "immutable";
import { describe, expect, it } from "vitest";
import { identities } from "../../src/model/index.js";
import { crashPoints, type Effect, inState, Step, signal } from "../../src/protocol/index.js";

const [p1, p2, p3] = [...identities("p", 3)] as const;
const step = new Step(p1!, inState<"A" | "B">("A"), inState<"A" | "B">("A"), Set());
const M = signal("M");

/** What has happened at each crash point, in short: `write A, M to p2 p3`. */
const points = ({ effects }: { effects: readonly Effect[] }) =>
  crashPoints(effects).map((happened) => happened.map(short).join(", "));

function short(effect: Effect): string {
  switch (effect.type) {
    case "write":
      return `write ${effect.fields.state}`;
    case "send":
      return `${effect.message.type} to ${effect.to.join(" ")}`;
    case "decide":
      return `decide ${effect.value}`;
    default:
      return effect.type;
  }
}

describe("a crash in the middle of a step", () => {
  it("falls between a write and a send", () => {
    expect(points(step.write({ state: "B" }).send(p2!, M))).toEqual(["write B"]);
    expect(points(step.send(p2!, M).write({ state: "B" }))).toEqual(["M to p2"]);
  });

  it("falls between one send and the next, in their order", () => {
    expect(points(step.send(p2!, M).send(p3!, M))).toEqual(["M to p2"]);
  });

  it("leaves any part of a broadcast", () => {
    expect(points(step.broadcast([p1!, p2!, p3!], M))).toEqual([
      "M to p1",
      "M to p2",
      "M to p1 p2",
      "M to p3",
      "M to p1 p3",
      "M to p2 p3",
    ]);
  });

  it("leaves what came before a broadcast, and any part of it", () => {
    expect(points(step.write({ state: "B" }).broadcast([p2!, p3!], M))).toEqual([
      "write B",
      "write B, M to p2",
      "write B, M to p3",
    ]);
  });

  it("is not told from a crash before or after the step where nothing comes between", () => {
    expect(points(step.become("B"))).toEqual([]);
    expect(points(step.write({ state: "B" }))).toEqual([]);
    expect(points(step.become("B").send(p2!, M).note("sent"))).toEqual([]);
    expect(points(step.write({ state: "B" }).decide("yes").awaitingNobody())).toEqual([]);
  });

  it("may come after a decision that nobody has heard of", () => {
    expect(points(step.decide("yes").send(p2!, M))).toEqual(["decide yes"]);
    expect(points(step.write({ state: "B" }).decide("yes").send(p2!, M))).toEqual([
      "write B, decide yes",
    ]);
  });
});
