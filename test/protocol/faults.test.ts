import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Mistake } from "../../src/model/index.js";
import {
  type Allowance,
  allowanceName,
  canonicalFaults,
  DETECTIONS,
  FAILURE_KINDS,
  type Faults,
  faultsText,
  NO_FAULTS,
  parseFaults,
} from "../../src/protocol/index.js";

const NAMES = ["coordinator", "participants", "p1", "p2", "p10"];
const parse = (text: string) => parseFaults(text, NAMES);

/** What is wrong with a text, and where. */
function complaint(text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof Mistake && error.code === "faults-syntax")
      return `${error.what}, ${error.where}`;
    throw error;
  }
  return "nothing";
}

describe("the notation of failures", () => {
  it("reads budgets for a role, a process and anybody", () => {
    expect(parse("crash(coordinator)=1, crash(p2)=3, crash(any)=2")).toEqual({
      allowances: [
        { kind: "crash", who: "any", budget: 2 },
        { kind: "crash", who: "coordinator", budget: 1 },
        { kind: "crash", who: "p2", budget: 3 },
      ],
      detection: "perfect",
    });
  });

  it("takes a failure of nobody in particular for one of anybody", () => {
    expect(parse("crash=2, recover=1")).toEqual(parse("recover(any)=1, crash(any)=2"));
  });

  it("prints one canonical text for equal failures", () => {
    expect(faultsText(parse(" detect = arbitrary,recover=1 , crash(p10)=1,crash(p2)=1"))).toBe(
      "crash(p2)=1, crash(p10)=1, recover=1, detect=arbitrary",
    );
  });

  it("leaves out what never happens and what is so anyway", () => {
    expect(faultsText(parse("crash(p1)=0, detect=perfect"))).toBe("none");
  });

  it.each(["", "  ", "none", " none "])("reads %j as no failures", (text) => {
    expect(parse(text)).toEqual(NO_FAULTS);
  });

  it("reads what it prints, and prints what it reads", () => {
    fc.assert(
      fc.property(someFaults, (faults) => {
        expect(parse(faultsText(faults))).toEqual(canonicalFaults(faults));
        expect(faultsText(parse(faultsText(faults)))).toBe(faultsText(faults));
      }),
    );
  });

  it("reads any text, or says what is wrong with it", () => {
    const pieces = fc.constantFrom(
      "crash",
      "recover",
      "detect",
      "(",
      ")",
      "=",
      ",",
      "p1",
      "7",
      "é",
    );
    const text = fc.array(pieces, { maxLength: 9 }).map((parts) => parts.join(""));
    fc.assert(fc.property(text, (text) => typeof complaint(text) === "string"));
  });

  it.each([
    ["crsh(p1)=1", '"crsh" is not a failure; there is crash, recover, detect, at position 1'],
    [
      "crash(p9)=1",
      '"p9" is not a role or a process; there is any, coordinator, participants, p1, p2, p10, at position 7',
    ],
    ["crash(p1", 'expected ")" and not the end, at position 9'],
    ["crash(p1)", 'expected "=" and not the end, at position 10'],
    ["crash(p1)=", "expected how many times, and not the end, at position 11"],
    ["crash(p1)=-1", 'expected how many times, and not "-1", at position 11'],
    ["crash=1 recover=1", 'expected "," and not "recover", at position 9'],
    ["crash=1,", "the end is not a failure; there is crash, recover, detect, at position 9"],
    ["crash=1, crash(any)=2", '"crash(any)" is given twice, at position 10'],
    [
      "detect=maybe",
      '"maybe" is not how failures are detected; there is perfect, arbitrary, at position 8',
    ],
  ])("points at the place in %j", (text, expected) => {
    expect(complaint(text)).toBe(`${expected} of "${text}"`);
  });
});

const someFaults: fc.Arbitrary<Faults> = fc.record({
  allowances: fc.uniqueArray(
    fc.record<Allowance>({
      kind: fc.constantFrom(...FAILURE_KINDS),
      who: fc.constantFrom("any", ...NAMES),
      budget: fc.nat({ max: 20 }),
    }),
    { selector: allowanceName },
  ),
  detection: fc.constantFrom(...DETECTIONS),
});
