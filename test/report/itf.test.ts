import { List, Map, Record, Set } from "immutable";
import { describe, expect, it } from "vitest";
import { identities } from "../../src/model/index.js";
import { itf, itfState } from "../../src/report/itf.js";
import { plainTrace, propertyOf, resultOf } from "../support/results.js";

const document = (...changes: Parameters<typeof resultOf>) =>
  JSON.parse(itf.render(resultOf(...changes)));

describe("the Informal Trace Format", () => {
  it("names the variables and numbers the states, with the action that led to each", () => {
    const written = document({
      properties: [propertyOf({ verdict: "violated", trace: plainTrace() })],
    });
    expect(written["#meta"]).toMatchObject({ format: "ITF", source: "toy", property: "agreement" });
    expect(written.vars).toEqual(["tm", "rmState", "msgs"]);
    expect(written.states[1]).toEqual({
      "#meta": { index: 1, action: "RMPrepare(rm1)" },
      tm: "init",
      rmState: {
        "#map": [
          ["rm1", "prepared"],
          ["rm2", "working"],
        ],
      },
      msgs: { "#set": [{ type: "Prepared", rm: "rm1" }] },
    });
  });

  it("takes the counterexample before a witness, and a witness before nothing", () => {
    const witness = propertyOf({ name: "may-commit", kind: "sometimes", witness: plainTrace() });
    const violated = propertyOf({ verdict: "violated", trace: plainTrace() });
    expect(document({ properties: [witness, violated] })["#meta"].property).toBe("agreement");
    expect(document({ properties: [witness] })["#meta"].property).toBe("may-commit");
  });

  it("has no states where there is no trace, and says what the verdicts are", () => {
    const written = document({ properties: [propertyOf({ verdict: "undecided" })] });
    expect(written.states).toEqual([]);
    expect(written["#meta"].verdicts).toEqual({ agreement: "undecided" });
  });

  it("writes each kind of value as the format has it", () => {
    const Every = Record({
      number: 3,
      big: 12345678901234567890n,
      truth: true,
      text: "p1",
      identity: [...identities("p", 1)][0],
      list: List([1]),
      members: Set([2, 1]),
      keyed: Map([[1, Map()]]),
      nothing: null,
    });
    expect(itfState(new Every())).toEqual({
      number: { "#bigint": "3" },
      big: { "#bigint": "12345678901234567890" },
      truth: true,
      text: "p1",
      identity: "p1",
      list: [{ "#bigint": "1" }],
      members: { "#set": [{ "#bigint": "1" }, { "#bigint": "2" }] },
      keyed: { "#map": [[{ "#bigint": "1" }, { "#map": [] }]] },
      nothing: { "#unserializable": "null" },
    });
  });
});
