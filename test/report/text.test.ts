import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import type { PropertyResult } from "../../src/check/result.js";
import { Mistake } from "../../src/model/index.js";
import { text } from "../../src/report/text.js";
import {
  blockedResult,
  plainTrace,
  propertyOf,
  protocolTrace,
  resultOf,
} from "../support/results.js";

const PLAIN = { color: false, width: 80 };

describe("the text report of a protocol", () => {
  it("tells who did what, where everybody is at the end, and why", () => {
    expect(text.render(blockedResult(), PLAIN)).toMatchInlineSnapshot(`
      "two-phase-commit  Two-phase commit
      scenario    coordinator-crash: the coordinator may crash once and does not
                  recover
      parameters  participants 2 · faults crash(coordinator)=1

      searched    1,568 states · 12,345 transitions · depth 12 · 0.25 s · 52 MB

      ✓  agreement     holds
         no two processes decide differently
      ✗  non-blocking  violated, as expected; shortest trace: 4 steps
         who is up can still decide
      ✗  termination   violated, as expected; shortest trace: 4 steps

      How non-blocking and termination are violated (4 steps, the shortest there is,
      one trace for all)

        1  coordinator logs WAIT, sends VOTE_REQUEST to p1 and p2, and enters WAIT
        2  p1 receives VOTE_REQUEST from coordinator, logs READY, sends VOTE_COMMIT to
           coordinator, and enters READY
        3  coordinator crashes
        4  p2 times out waiting for coordinator, decides abort, and sends VOTE_ABORT
           to coordinator (lost)

        At the end:
          process      state            log    decision  not yet received
          coordinator  down (was WAIT)  WAIT   –         VOTE_COMMIT from p1
          p1           READY            READY  –         –
          p2           –                –      abort     VOTE_REQUEST from coordinator

        Why:
          p1 is stuck in READY.
          Nobody can tell it the decision.
          4 states can still be reached from here, and the goal in none of them.

      Every verdict is as expected.
      "
    `);
  });

  it("tells a trace once that refutes two properties", () => {
    const report = text.render(blockedResult(), PLAIN);
    expect(report.match(/coordinator crashes/g)).toHaveLength(1);
    expect(report).toContain("How non-blocking and termination are violated");
  });

  it("is the same text in colour, and keeps to the width of the terminal", () => {
    const narrow = text.render(blockedResult(), { color: true, width: 66 });
    const lines = stripVTControlCharacters(narrow).split("\n");
    expect(narrow).not.toBe(stripVTControlCharacters(narrow));
    expect(stripVTControlCharacters(narrow)).toBe(
      text.render(blockedResult(), { color: false, width: 66 }),
    );
    // The table at the end is as wide as it must be.
    const prose = lines.filter((line) => !/^ {4}(process|coordinator|p1|p2) {2}/.test(line));
    expect(prose.filter((line) => line.length > 66)).toEqual([]);
  });
});

describe("beside a counterexample", () => {
  const asides = (changes: Partial<PropertyResult>) => {
    const [agreement, blocking] = blockedResult().properties;
    const properties = [agreement!, { ...blocking!, ...changes }];
    return { ...blockedResult(), properties };
  };
  const section = (report: string, from: string) =>
    report.slice(report.indexOf(from), report.indexOf("\n\n", report.indexOf(from)));

  it("steps that did not lead up to it are marked, and a word says so", () => {
    const report = text.render(asides({ causes: [1, 2, 3] }), PLAIN);
    expect(section(report, "  1 ")).toMatchInlineSnapshot(`
      "  1   coordinator logs WAIT, sends VOTE_REQUEST to p1 and p2, and enters WAIT
        2   p1 receives VOTE_REQUEST from coordinator, logs READY, sends VOTE_COMMIT
            to coordinator, and enters READY
        3   coordinator crashes
        4 · p2 times out waiting for coordinator, decides abort, and sends VOTE_ABORT
            to coordinator (lost)"
    `);
    expect(report).toContain("\n\n  · marks a step that did not lead up to the violation.\n\n");
    const painted = text.render(asides({ causes: [1, 2, 3] }), { color: true, width: 80 });
    expect(painted).toContain(`\u001b[2m  4 · p2 times out`);
    expect(text.render(asides({ causes: [1, 2, 3, 4] }), PLAIN)).not.toContain("·  ");
  });

  it("two properties share a trace, what led up to either did", () => {
    const { properties, ...rest } = blockedResult();
    const [agreement, blocking, termination] = properties;
    const shared = [
      agreement!,
      { ...blocking!, causes: [1, 2] },
      { ...termination!, causes: [2, 3] },
    ];
    const report = text.render({ ...rest, properties: shared }, PLAIN);
    expect(report.match(/^ {2}\d ·/gm)).toEqual(["  4 ·"]);
  });

  it("the nearest run that ends well is told from where it parts", () => {
    const trace = protocolTrace();
    const near = (parts: number, steps: number) => {
      const rest = Array.from({ length: steps }, () => trace[3]!);
      return { parts, trace: [...trace.slice(0, parts + 1), ...rest] };
    };
    const shown = (parts: number, steps: number) =>
      section(text.render(asides({ nearestGood: near(parts, steps) }), PLAIN), "  The nearest");
    expect(shown(2, 2)).toMatchInlineSnapshot(`
      "  The nearest run that ends well is the same up to step 2, and then:
          3  coordinator crashes
          4  coordinator crashes"
    `);
    expect(shown(0, 9)).toMatchInlineSnapshot(`
      "  The nearest run that ends well parts from this one at once:
          1  coordinator crashes
          2  coordinator crashes
          3  coordinator crashes
          4  coordinator crashes
          5  coordinator crashes
          … and so on, 4 steps more, to where it ends well"
    `);
    expect(shown(2, 0)).toMatchInlineSnapshot(
      `"  The nearest run that ends well is the same up to step 2, and ends there."`,
    );
    const unknown = text.render(asides({ nearestNote: "memory ran out" }), PLAIN);
    expect(unknown).toContain("  The nearest run that ends well is not known: memory ran out.\n");
  });
});

describe("the text report of a plain transition system", () => {
  it("shows the initial state, then what each step changed", () => {
    const property = propertyOf({ verdict: "violated", trace: plainTrace(), shortest: false });
    expect(text.render(resultOf({ properties: [property] }), PLAIN)).toMatchInlineSnapshot(`
      "toy  A toy
      scenario    plain: nothing fails
      parameters  size 3

      searched    1,568 states · 12,345 transitions · depth 12 · 0.25 s · 52 MB

      ✗  agreement  VIOLATED, expected to hold; trace: 3 steps

      How agreement is violated (3 steps, perhaps not the shortest)

        0  initially  tm: init
                      rmState: {rm1: working, rm2: working}
                      msgs: {}
        1  RMPrepare(rm1)  rmState.rm1: working → prepared
                           msgs: + Prepared(rm1)
        2  TMCommit        tm: init → committed
                           msgs: − Prepared(rm1)
                           msgs: + Commit
        3  Stutter         (nothing changes)

      NOT AS EXPECTED: agreement.
      "
    `);
  });
});

describe("the closing line", () => {
  const closing = (...args: Parameters<typeof resultOf>) =>
    text
      .render(resultOf(...args), PLAIN)
      .trimEnd()
      .split("\n\n")
      .at(-1)!
      .replaceAll("\n", " ");
  const holds = propertyOf();
  const open = propertyOf({ name: "validity", verdict: "undecided" });

  it.each([
    ["all hold", { properties: [holds] }, "Every property holds."],
    [
      "a violation was expected",
      { properties: [holds, propertyOf({ verdict: "violated", expected: "violated" })] },
      "Every verdict is as expected.",
    ],
    [
      "one holds that should not",
      { properties: [holds, propertyOf({ name: "bad", expected: "violated" })] },
      "NOT AS EXPECTED: bad.",
    ],
    [
      "one is open",
      { properties: [holds, open], complete: false, stoppedBy: "time" },
      "UNDECIDED: validity, because the limit on time came first. This is no success.",
    ],
    [
      "one is open and one not as expected",
      { properties: [propertyOf({ verdict: "violated" }), open], stoppedBy: "states" },
      "NOT AS EXPECTED: agreement. UNDECIDED: validity, because the limit on states came first.",
    ],
    [
      "it was interrupted",
      { properties: [holds, open], stoppedBy: "interrupt" },
      "INTERRUPTED. UNDECIDED: validity, because it was interrupted.",
    ],
  ] as const)("when %s", (_, result, line) => {
    expect(closing(result)).toBe(line);
  });

  it("tells of no success when a search was cut short", () => {
    for (const stoppedBy of ["states", "time", "memory", "interrupt"] as const) {
      const report = text.render(
        resultOf({ properties: [holds, open], complete: false, stoppedBy }),
        PLAIN,
      );
      expect(report).toMatch(/\? {2}validity +UNDECIDED/);
      expect(report).toContain("not the whole state space");
      expect(report).not.toMatch(/Every (property|verdict)/);
    }
  });
});

describe("the text report of a mistake", () => {
  it("says what, where, why and what to do, and how to get there", () => {
    const mistake = new Mistake("guard-threw", { what: "no such key", where: "RMPrepare(rm1)" });
    const report = text.render(
      resultOf({
        stoppedBy: "mistake",
        complete: false,
        mistake: { mistake, trace: plainTrace() },
      }),
      PLAIN,
    );
    expect(report).toMatchInlineSnapshot(`
      "toy  A toy
      scenario    plain: nothing fails
      parameters  size 3

      searched    1,568 states · 12,345 transitions · depth 12 · 0.25 s · 52 MB
                  not the whole state space: the model has a mistake

      mistake     \`when\`, \`then\` or a handler threw: no such key (RMPrepare(rm1))
      usually     the function met a state that its author did not think of, or reads
                  a value that is absent
      what to do  look at the state and the trace to it; guard against that case, or
                  rule it out in \`when\`
      code        guard-threw

      The trace to it:

        0  initially  tm: init
                      rmState: {rm1: working, rm2: working}
                      msgs: {}
        1  RMPrepare(rm1)  rmState.rm1: working → prepared
                           msgs: + Prepared(rm1)
        2  TMCommit        tm: init → committed
                           msgs: − Prepared(rm1)
                           msgs: + Commit
        3  Stutter         (nothing changes)

      The model has a mistake; nothing is decided by this check.
      "
    `);
  });
});

it("shows warnings", () => {
  const warnings = [{ code: "action-never-enabled", message: "Abort is never enabled" }] as const;
  expect(text.render(resultOf({ warnings }), PLAIN)).toContain("! Abort is never enabled\n");
});
