import fc from "fast-check";
import { describe, expect, it } from "vitest";
import twoPhaseCommit from "../../models/two-phase-commit.js";
import voteUnlogged from "../../models/two-phase-commit-vote-unlogged.js";
import { check } from "../../src/check/index.js";
import { type Fate, journeysOf } from "../../src/check/journeys.js";
import type { CheckResult } from "../../src/check/result.js";
import { linesOf, textWidth } from "../../src/report/svg/metrics.js";
import { type Box, boxOf, type Point, type Shape } from "../../src/report/svg/shapes.js";
import { diagramPicture, svg } from "../../src/report/svg/svg.js";
import { tracksFor, tracksNeeded } from "../../src/report/svg/tracks.js";
import { counterexamples } from "../../src/report/traces.js";
import { everyEventResult } from "../support/every-event.js";
import { blockedResult, plainTrace, propertyOf, resultOf } from "../support/results.js";
import { mustBeWellFormed } from "../support/xml.js";

const plain = resultOf({ properties: [propertyOf({ verdict: "violated", trace: plainTrace() })] });
const checked = await Promise.all([
  check(twoPhaseCommit, { scenario: "cooperative-two-crashes-recovery", search: "dfs" }),
  check(twoPhaseCommit),
  check(voteUnlogged),
]);
const results: readonly CheckResult[] = [blockedResult(), everyEventResult(), plain, ...checked];
const pictures = results.flatMap((result) =>
  counterexamples(result).map((found) => ({
    found,
    lanes: result.lanes,
    ...diagramPicture(result, found),
  })),
);

const textBoxes = (shapes: readonly Shape[]) =>
  shapes.flatMap((shape) => (shape.kind === "text" ? [{ ...boxOf(shape), text: shape.text }] : []));
const isWithin = (inner: Box, outer: Box) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;
const meet = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const stretch = (a: Point, b: Point): Box => ({
  x: Math.min(a.x, b.x) - 0.5,
  y: Math.min(a.y, b.y) - 0.5,
  width: Math.abs(a.x - b.x) + 1,
  height: Math.abs(a.y - b.y) + 1,
});

describe.each(pictures.map((picture, i) => [i, picture] as const))("picture %i", (_, picture) => {
  it("has no text on another, and none beyond its edges", () => {
    const boxes = textBoxes(picture.shapes);
    for (const [i, a] of boxes.entries()) {
      expect(isWithin(a, { x: 0, y: 0, ...picture }), a.text).toBe(true);
      for (const b of boxes.slice(i + 1)) expect(meet(a, b), `${a.text} / ${b.text}`).toBe(false);
    }
  });

  it("has no message running through a text, but behind what happens to the whole network", () => {
    const across = picture.shapes.filter(
      (shape): shape is Extract<Shape, { kind: "box" }> =>
        shape.kind === "box" && shape.look.startsWith("chip") && shape.width > picture.width - 80,
    );
    const boxes = textBoxes(picture.shapes).filter(
      (box) => !across.some((network) => isWithin(box, network)),
    );
    for (const shape of picture.shapes) {
      if (shape.kind !== "line" || /^(life|split-bar)/.test(shape.look)) continue;
      for (const [i, point] of shape.points.slice(1).entries())
        for (const box of boxes)
          expect(meet(box, stretch(shape.points[i]!, point)), `${box.text}: ${shape.look}`).toBe(
            false,
          );
    }
  });

  it("has a line for each message, which ends as the message does", () => {
    if (picture.lanes.length === 0) return;
    const ENDS: Readonly<Record<Fate, string>> = {
      received: "arrow",
      "under way": "arrow",
      lost: "cross",
      omitted: "cross",
      ignored: "ring",
    };
    const wanted = journeysOf(picture.found.trace).map(({ fate }) => ENDS[fate]);
    const drawn = picture.shapes.flatMap((shape) =>
      shape.kind === "line" && shape.ending ? [shape.ending] : [],
    );
    expect(wanted.length).toBeGreaterThan(0);
    expect(drawn.sort()).toEqual(wanted.sort());
  });

  it("has every step's number once, in their order", () => {
    const numbers = picture.shapes.flatMap((shape) =>
      shape.kind === "text" && /^\d+$/.test(shape.text) && shape.anchor === "end" ? [shape] : [],
    );
    const told = [...picture.found.trace.entries()].filter(
      ([i, { events }]) => i > 0 || events.length > 0 || picture.lanes.length === 0,
    );
    expect(numbers.map(({ text }) => Number(text))).toEqual(told.map(([i]) => i));
    expect(numbers.map(({ y }) => y)).toEqual(numbers.map(({ y }) => y).sort((a, b) => a - b));
  });
});

it("is one well-formed document that holds its own colours, light and dark, and nothing that runs", () => {
  for (const result of [...results, resultOf({ properties: [propertyOf()] })]) {
    const drawn = svg.render(result);
    mustBeWellFormed(drawn);
    expect(drawn).toBe(svg.render(result));
    expect(drawn).toContain("@media (prefers-color-scheme:dark)");
    expect(drawn).not.toMatch(/<script|<image|<foreignObject|\bhref|\bon\w+=|url\(|@import/);
  }
});

it("takes no name for mark-up, nor what no document may hold", () => {
  const name = `<script>&"'\u0000\u001b]]>\ud800`;
  const trace = everyEventResult().properties[0]!.trace!;
  const drawn = svg.render(
    resultOf({
      model: name,
      lanes: [name],
      properties: [
        propertyOf({
          verdict: "violated",
          explanation: [name],
          trace: [
            ...trace,
            { ...trace[0]!, action: name, events: [{ type: "note", process: name, text: name }] },
          ],
        }),
      ],
    }),
  );
  mustBeWellFormed(drawn);
  expect(drawn).not.toContain("<script");
});

it("is told in words to who cannot see it", () => {
  const drawn = svg.render(blockedResult());
  expect(drawn).toMatch(/<title id="title">How non-blocking and termination are violated/);
  expect(drawn).toContain("3  coordinator crashes");
});

it("says that there is nothing to show where no property has a trace", () => {
  expect(svg.render(resultOf())).toContain("No property has a trace.");
});

it("is the picture that somebody has looked at", async () => {
  await expect(svg.render(blockedResult())).toMatchFileSnapshot("blocked.svg");
});

describe("text", () => {
  it("is wrapped at spaces, and a word that is too long anywhere", () => {
    const font = { size: 12 };
    const lines = linesOf(`one two three ${"x".repeat(40)}`, 80, font);
    expect(lines.join("").replaceAll(" ", "")).toBe(`onetwothree${"x".repeat(40)}`);
    for (const line of lines) expect(textWidth(line, font)).toBeLessThanOrEqual(80);
    expect(linesOf("", 80, font)).toEqual([]);
  });
});

it("gives messages that wait at the same time tracks of their own", () => {
  const stretches = fc.array(
    fc.record({ from: fc.nat(300), length: fc.integer({ min: 1, max: 200 }) }),
  );
  fc.assert(
    fc.property(stretches, (lengths) => {
      const all = lengths.map(({ from, length }, key) => ({ key, from, to: from + length }));
      const tracks = tracksFor(all);
      const atOnce = (at: number) => all.filter(({ from, to }) => from <= at && at <= to);
      for (const { key, from } of all)
        for (const other of atOnce(from))
          if (other.key !== key) expect(tracks.get(key)).not.toBe(tracks.get(other.key));
      if (all.length > 0) expect(Math.min(...tracks.values())).toBe(0);
      expect(tracksNeeded(tracks)).toBeLessThanOrEqual(all.length);
    }),
  );
});
