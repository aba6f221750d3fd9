import { List, Map, Record, Set } from "immutable";
import { describe, expect, it } from "vitest";
import { identities } from "../../src/model/index.js";
import { differences } from "../../src/report/difference.js";
import { Prepared } from "../support/results.js";

const [p1, p2] = [...identities("p", 2)];
const State = Record({
  type: "a state may have this field",
  at: Map<unknown, unknown>(),
  seen: Set<unknown>(),
  log: List<number>(),
  message: new Prepared(),
});
const start = new State();

describe("the difference between two states", () => {
  it.each([
    ["nothing, where they are equal", new State({ seen: Set() }), []],
    ["a new key", start.setIn(["at", p1], 1), ["at.p1: + 1"]],
    ["a member gained", start.set("seen", Set([p2, p1])), ["seen: + p1", "seen: + p2"]],
    ["a list as a whole", start.set("log", List([1])), ["log: [] → [1]"]],
    ["a field named type", start.set("type", "b"), ['type: "a state may have this field" → b']],
    [
      "a message as a whole",
      start.set("message", new Prepared({ rm: identities("rm", 1).first()! })),
      ["message: Prepared(null) → Prepared(rm1)"],
    ],
  ])("is %s", (_, after, lines) => {
    expect(differences(start, after)).toEqual(lines);
  });

  it("is told with the signs turned when time is", () => {
    const after = start.setIn(["at", p1], 1).set("seen", Set(["x"]));
    expect(differences(after, start)).toEqual(["at.p1: − 1", "seen: − x"]);
  });

  it("names the place inside a map of maps", () => {
    const before = start.set("at", Map([[p1, Map([["clock", 1]])]]));
    expect(differences(before, before.setIn(["at", p1, "clock"], 2))).toEqual([
      "at.p1.clock: 1 → 2",
    ]);
  });
});
