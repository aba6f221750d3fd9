import { expect, it } from "vitest";
import { json } from "../../src/report/json.js";
import { blockedResult, plainTrace, propertyOf, resultOf } from "../support/results.js";

it("has the fields that the command line promises", () => {
  const document = JSON.parse(json.render(blockedResult()));
  expect(document).toMatchObject({
    version: 1,
    model: "two-phase-commit",
    scenario: "coordinator-crash",
    parameters: { participants: 2 },
    search: "bfs",
    complete: true,
    states: 1568,
    transitions: 12345,
    depth: 12,
    elapsedSeconds: 0.25,
    peakMemoryBytes: 52_000_000,
  });
  const [agreement, nonBlocking] = document.properties;
  expect(agreement).toMatchObject({
    name: "agreement",
    kind: "always",
    verdict: "holds",
    expected: "holds",
    trace: null,
  });
  expect(nonBlocking).toMatchObject({ verdict: "violated", expected: "violated", caughtIn: 4 });
  expect(nonBlocking.trace[0]).toEqual({ action: null, state: { step: 0 }, events: [] });
  expect(nonBlocking.trace[3]).toEqual({
    action: "Crash(coordinator)",
    state: { step: 3 },
    events: [{ type: "crash", process: "coordinator" }],
  });
});

it("writes states as plain data in one order", () => {
  const result = resultOf({
    scenario: null,
    properties: [propertyOf({ verdict: "violated", trace: plainTrace() })],
  });
  const document = JSON.parse(json.render(result));
  expect(document.scenario).toBe(null);
  expect(JSON.stringify(document.properties[0].trace[1].state)).toBe(
    '{"tm":"init","rmState":{"rm1":"prepared","rm2":"working"},"msgs":[{"type":"Prepared","rm":"rm1"}]}',
  );
});

it("has the steps that led up to a violation, and the nearest run that ends well", () => {
  const trace = plainTrace();
  const nearestGood = { parts: 1, trace: trace.slice(0, 3) };
  const property = propertyOf({ verdict: "violated", trace, causes: [1, 3], nearestGood });
  const [written] = JSON.parse(json.render(resultOf({ properties: [property] }))).properties;
  expect(written).toMatchObject({ causes: [1, 3], nearestGood: { parts: 1 }, nearestNote: null });
  expect(written.nearestGood.trace).toEqual(written.trace.slice(0, 3));
});

it("keeps a witness apart from a counterexample", () => {
  const property = propertyOf({ kind: "sometimes", witness: plainTrace() });
  const [written] = JSON.parse(json.render(resultOf({ properties: [property] }))).properties;
  expect(written.trace).toBe(null);
  expect(written.witness).toHaveLength(4);
});
