import { describe, expect, it } from "vitest";
import { Mistake } from "../../src/model/index.js";
import { itf } from "../../src/report/itf.js";
import { json } from "../../src/report/json.js";
import { readRecording } from "../../src/report/recording.js";
import { plainTrace, propertyOf, resultOf } from "../support/results.js";

const result = resultOf({ properties: [propertyOf({ verdict: "violated", trace: plainTrace() })] });

describe("what a format wrote is read back", () => {
  it.each([json, itf])("from $name", (format) => {
    const { model, parameters, faults, traces, encode } = readRecording(format.render(result), "f");
    expect({ model, parameters, faults }).toEqual({
      model: "toy",
      parameters: { size: 3 },
      faults: null,
    });
    expect(traces).toEqual([
      {
        property: "agreement",
        verdict: "violated",
        steps: plainTrace().map(({ action, state }) => ({ action, state: encode(state) })),
      },
    ]);
  });
});

describe("what cannot be read is said", () => {
  const document = () => JSON.parse(json.render(result));
  it.each([
    ["not JSON", "{", "it is not JSON"],
    ["a list", "[]", "the document is not an object"],
    ["null", "null", "the document is not an object"],
    ["something else", "{}", 'the document has no "version"'],
    ["another version", JSON.stringify({ ...document(), version: 2 }), "its version is 2"],
    [
      "no properties",
      JSON.stringify({ ...document(), properties: 3 }),
      '"properties" is not a list',
    ],
    [
      "another verdict",
      JSON.stringify({
        ...document(),
        properties: [{ ...document().properties[0], verdict: "ok" }],
      }),
      '"verdict" is "ok"',
    ],
  ])("%s", (_, contents, message) => {
    expect(() => readRecording(contents, "trace.json")).toThrow(Mistake);
    expect(() => readRecording(contents, "trace.json")).toThrow(message);
  });
});
