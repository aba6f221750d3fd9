import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Mistake } from "../../src/model/index.js";
import {
  type Allowance,
  allowanceName,
  canonicalFaults,
  FAILURE_KINDS,
  type Faults,
  faultsText,
  NO_FAULTS,
  parseFaults,
  SETTINGS,
} from "../../src/protocol/index.js";

const NAMES = ["coordinator", "participants", "p1", "p2", "p10"];
const parse = (text: string) => parseFaults(text, NAMES);

const FAILURES = [...FAILURE_KINDS, ...Object.keys(SETTINGS)].join(", ");

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
        { kind: "crash", who: "any", atMost: null, budget: 2 },
        { kind: "crash", who: "coordinator", atMost: null, budget: 1 },
        { kind: "crash", who: "p2", atMost: null, budget: 3 },
      ],
      setting: NO_FAULTS.setting,
    });
  });

  it("reads how many different ones it may strike, and for how long", () => {
    expect(
      faultsText(
        parse("send-omission(2 of participants)=permanent, lose=unlimited, links=fifo, benign=3"),
      ),
    ).toBe("send-omission(2 of participants)=permanent, benign=3, lose=unlimited, links=fifo");
  });

  it("takes a traitor for good for one who may lie any number of times", () => {
    expect(parse("malicious(p1)=permanent")).toEqual(parse("malicious(p1)=unlimited"));
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
    ["crsh(p1)=1", `"crsh" is not a failure; there is ${FAILURES}, at position 1`],
    [
      "crash(p9)=1",
      '"p9" is not a role or a process; there is any, coordinator, participants, p1, p2, p10, at position 7',
    ],
    ["crash(p1", 'expected ")" and not the end, at position 9'],
    ["crash(p1)", 'expected "=" and not the end, at position 10'],
    [
      "crash(p1)=",
      "expected how many times (or unlimited, or permanent), and not the end, at position 11",
    ],
    [
      "crash(p1)=-1",
      'expected how many times (or unlimited, or permanent), and not "-1", at position 11',
    ],
    ["crash=1 recover=1", 'expected "," and not "recover", at position 9'],
    ["crash=1,", `the end is not a failure; there is ${FAILURES}, at position 9`],
    ["crash=1, crash(any)=2", '"crash(any)" is given twice, at position 10'],
    [
      "detect=maybe",
      '"maybe" is not a value of detect; there is perfect, arbitrary, at position 8',
    ],
    [
      "crash(p1)=permanent",
      'crash comes and is over: it is given a number, or unlimited, and not "permanent", at position 11',
    ],
    [
      "lose(p1)=1",
      "lose is for the whole network, not for a process; send-omission and receive-omission strike one, at position 5",
    ],
    [
      "partition(2 of participants)=1",
      "partition strikes one process at a time, or any set of them, at position 10",
    ],
    ["malicious(2 participants)=1", 'expected "of" and not "participants", at position 13'],
    [
      "malicious(1 of any)=1, malicious(p1)=2",
      '"malicious(p1)" and "malicious(1 of any)" cannot both be given: whom each strikes would not be clear, at position 24',
    ],
    ["links=lifo", '"lifo" is not a value of links; there is unordered, fifo, at position 7'],
    ["links=fifo, links=fifo", '"links" is given twice, at position 13'],
  ])("points at the place in %j", (text, expected) => {
    expect(complaint(text)).toBe(`${expected} of "${text}"`);
  });
});

const someFaults: fc.Arbitrary<Faults> = fc.record({
  allowances: fc
    .uniqueArray(someAllowance(), { selector: allowanceName, maxLength: 6 })
    .filter((allowances) => allowances.every((a, i) => !allowances.slice(0, i).some(rivals(a)))),
  setting: fc.record(
    Object.fromEntries(
      Object.entries(SETTINGS).map(([name, words]) => [name, fc.constantFrom(...words)]),
    ),
  ) as unknown as fc.Arbitrary<Faults["setting"]>,
});

/** Any that the notation can say. */
function someAllowance(): fc.Arbitrary<Allowance> {
  return fc
    .record({
      kind: fc.constantFrom(...FAILURE_KINDS),
      who: fc.constantFrom("any", ...NAMES),
      atMost: fc.option(fc.integer({ min: 1, max: 3 })),
      budget: fc.oneof(fc.nat({ max: 20 }), fc.constantFrom("unlimited", "permanent")),
    })
    .map((allowance): Allowance => {
      const { kind } = allowance;
      const splits = kind.endsWith("partition");
      const network = ["lose", "duplicate", "heal"].includes(kind);
      return {
        kind,
        who: network ? "any" : allowance.who,
        atMost: network || splits ? null : allowance.atMost,
        budget:
          allowance.budget === "permanent" && !LASTING.includes(kind)
            ? "unlimited"
            : (allowance.budget as Allowance["budget"]),
      };
    });
}

const LASTING = ["send-omission", "receive-omission", "value", "benign", "malicious", "forge"];

const rivals = (a: Allowance) => (b: Allowance) =>
  a.kind === b.kind && (a.atMost !== null || b.atMost !== null || a.kind.endsWith("partition"));
