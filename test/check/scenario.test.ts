import { expect, it } from "vitest";
import twoPhaseCommit from "../../models/two-phase-commit.js";
import { choose } from "../../src/check/scenario.js";

const scenarioOf = (parameters: object, faults: string) =>
  choose(twoPhaseCommit, { parameters: { ...parameters }, faults }).scenario?.name ?? null;

it("a scenario is known by its failures, however they are written", () => {
  expect(scenarioOf({}, "recover=1,crash( coordinator )=1")).toBe("coordinator-crash-recovery");
  expect(scenarioOf({}, "crash(coordinator)=7")).toBe(null);
});

it("failures of a process that the scenarios at their own size have not are no mistake", () => {
  expect(scenarioOf({ participants: 5 }, "crash(p5)=1")).toBe(null);
});
