import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import twoPhaseCommit from "../../models/two-phase-commit.js";
import type { ConcurrencyResult } from "../../src/check/index.js";
import { type ConcurrencyOptions, concurrency } from "../../src/check/index.js";
import { CONCURRENCY_FORMATS } from "../../src/report/index.js";
import { handshake, type Manner } from "../support/handshake.js";

/** Without what differs from run to run. */
async function resultOf(
  manner: Manner,
  options: ConcurrencyOptions = {},
): Promise<ConcurrencyResult> {
  const result = await concurrency(handshake(manner), options);
  return { ...result, elapsedSeconds: 0.25, peakMemoryBytes: 52_000_000 };
}

const rendered = (format: string, result: ConcurrencyResult, width = 80) =>
  CONCURRENCY_FORMATS.get(format)!(result, { color: false, width });

/** The last paragraph, on one line. */
const closing = (result: ConcurrencyResult) =>
  rendered("text", result).trimEnd().split("\n\n").at(-1)!.replaceAll("\n", " ");

describe("the text report", () => {
  it("has the sets, the conditions, and the traces to what violates them", async () => {
    expect(rendered("text", await resultOf("vote last"))).toMatchInlineSnapshot(`
      "handshake  One asks, one answers
      scenario    none of the model's own
      parameters  faults none

      searched    5 states · 4 transitions · depth 3 · 0.25 s · 52 MB

      leader (a)
        state      kind            concurrency set
        START      noncommittable  follower: IDLE
        ASKED      noncommittable  follower: IDLE, DONE
        STOPPED    abort           follower: IDLE
        COMMITTED  commit          follower: DONE

      follower (b)
        state  kind                    concurrency set
        IDLE   noncommittable          leader: START, ASKED, STOPPED
        DONE   commit, noncommittable  leader: ASKED, COMMITTED

      ✓  condition 1  holds
         no local state has both an abort and a commit state in its concurrency set
      ✗  condition 2  violated
         no noncommittable state has a commit state in its concurrency set
         ASKED of leader: while a is in it, b may be in DONE, and a may not have voted
         for commit.
         DONE of follower: while b is in it, a may be in COMMITTED, and a may be in
         ASKED without having voted for commit.

      How a is in ASKED while b is in DONE; b is in DONE while a is in ASKED without
      having voted for commit (2 steps, the shortest there is)

        0  initially  a is in START; b is in IDLE
        1  a starts, enters ASKED, and sends GO to b
        2  b receives GO from a, enters DONE, decides commit, and sends DONE to a

        At the end:
          process  state  decision  not yet received
          a        ASKED  –         DONE from b
          b        DONE   commit    –

      How a is in ASKED without having voted for commit (1 step, the shortest there
      is)

        0  initially  a is in START; b is in IDLE
        1  a starts, enters ASKED, and sends GO to b

        At the end:
          process  state  not yet received
          a        ASKED  –
          b        IDLE   GO from a

      How b is in DONE while a is in COMMITTED (3 steps, the shortest there is)

        0  initially  a is in START; b is in IDLE
        1  a starts, enters ASKED, and sends GO to b
        2  b receives GO from a, enters DONE, decides commit, and sends DONE to a
        3  a receives DONE from b, votes commit, enters COMMITTED, and decides commit

        At the end:
          process  state      decision
          a        COMMITTED  commit
          b        DONE       commit

      BLOCKING, by Skeen's theorem: no termination rule lets all that are up always
      decide. Of 2 processes none obeys both conditions: one failure can be too many.
      (Processes fail by stopping, and the network does not partition.)
      "
    `);
  });

  it("says of a nonblocking protocol under which assumptions", async () => {
    expect(closing(await resultOf("vote first"))).toMatchInlineSnapshot(
      `"NONBLOCKING, by Skeen's theorem: whoever fails, a termination rule that goes by these sets lets all that are up decide. (Processes fail by stopping, and the network does not partition.)"`,
    );
  });

  it("says how many failures those make up for that obey both conditions", async () => {
    const blocking = await resultOf("vote last");
    const obeying = ["a", "b"];
    const of = (count: number) => closing({ ...blocking, obeying: obeying.slice(0, count) });
    expect(of(0)).toContain(
      "Of 2 processes none obeys both conditions: one failure can be too many",
    );
    expect(of(1)).toContain("Of 2 processes only a obeys both conditions: one failure can be");
    expect(of(2)).toContain("a and b obey both conditions: as long as no more than 1 fail, there");
    expect(closing({ ...blocking, obeying: null })).not.toContain("obey");
  });

  it.each([
    ["never commit", "nobody ever decides commit"],
    ["never abort", "nobody ever decides abort"],
    ["never vote", "nobody ever votes"],
    ["disagree", "b may be in DONE while a is in STOPPED"],
  ] as const)("says why the theorem says nothing when they %s", async (manner, why) => {
    expect(closing(await resultOf(manner))).toBe(`Skeen's theorem says nothing here: ${why}.`);
  });

  it("shows how they disagree", async () => {
    const report = rendered("text", await resultOf("disagree"));
    expect(report).toContain("How b is in DONE while a is in STOPPED");
  });

  it("warns of failures, and of sets that may be too small", async () => {
    const failing = rendered("text", await resultOf("vote first", { faults: "crash(b)=1" }));
    expect(failing).toContain(
      "! These are the sets with failures; whoever is down is in no state.",
    );
    const cut = rendered("text", await resultOf("vote first", { maxStates: 2 }));
    expect(cut).toContain("! The sets may be too small");
    expect(cut).toContain("?  condition 1  UNDECIDED");
    expect(cut).toContain("UNDECIDED, because the limit on states came first.");
    expect(cut).not.toContain("✓");
  });

  it("is the same text in colour, and keeps to the width of the terminal", async () => {
    const result = await concurrency(twoPhaseCommit);
    const plain = rendered("text", result, 60);
    const colored = CONCURRENCY_FORMATS.get("text")!(result, { color: true, width: 60 });
    expect(colored).not.toBe(plain);
    expect(stripVTControlCharacters(colored)).toBe(plain);
    // The table at the end of a trace is as wide as it must be.
    const prose = plain.split("\n").filter((line) => !/^ {4}(process|coordinator|p\d) /.test(line));
    expect(prose.filter((line) => line.length > 60)).toEqual([]);
  });
});

describe("the Markdown report", () => {
  it("has a table for each role, and a diagram for each trace", async () => {
    expect(rendered("markdown", await resultOf("vote last"))).toMatchInlineSnapshot(`
      "# Concurrency sets: handshake

      - One asks, one answers
      - faults none

      5 states, 4 transitions, depth 3.

      ## leader (a)

      | state | kind | concurrency set |
      | --- | --- | --- |
      | START | noncommittable | follower: IDLE |
      | ASKED | noncommittable | follower: IDLE, DONE |
      | STOPPED | abort | follower: IDLE |
      | COMMITTED | commit | follower: DONE |

      ## follower (b)

      | state | kind | concurrency set |
      | --- | --- | --- |
      | IDLE | noncommittable | leader: START, ASKED, STOPPED |
      | DONE | commit, noncommittable | leader: ASKED, COMMITTED |

      ## Skeen's conditions

      | condition | verdict | claim | violated by |
      | --- | --- | --- | --- |
      | condition 1 | ✓ holds | no local state has both an abort and a commit state in its concurrency set |  |
      | condition 2 | ✗ violated | no noncommittable state has a commit state in its concurrency set | ASKED of leader: while a is in it, b may be in DONE, and a may not have voted for commit.<br/>DONE of follower: while b is in it, a may be in COMMITTED, and a may be in ASKED without having voted for commit. |

      **BLOCKING, by Skeen's theorem: no termination rule lets all that are up always decide. Of 2 processes none obeys both conditions: one failure can be too many. (Processes fail by stopping, and the network does not partition.)**

      ## How a is in ASKED while b is in DONE; b is in DONE while a is in ASKED without having voted for commit

      2 steps, the shortest there is.

      \`\`\`text
      0  initially  a is in START; b is in IDLE
      1  a starts, enters ASKED, and sends GO to b
      2  b receives GO from a, enters DONE, decides commit, and sends DONE to a
      \`\`\`

      \`\`\`mermaid
      sequenceDiagram
        participant P1 as a
        participant P2 as b
        Note over P1: starts<br/>enters ASKED
        P1->>P2: GO
        Note over P2: enters DONE<br/>decides commit
        P2--)P1: DONE (not yet received)
      \`\`\`

      ## How a is in ASKED without having voted for commit

      1 step, the shortest there is.

      \`\`\`text
      0  initially  a is in START; b is in IDLE
      1  a starts, enters ASKED, and sends GO to b
      \`\`\`

      \`\`\`mermaid
      sequenceDiagram
        participant P1 as a
        participant P2 as b
        Note over P1: starts<br/>enters ASKED
        P1--)P2: GO (not yet received)
      \`\`\`

      ## How b is in DONE while a is in COMMITTED

      3 steps, the shortest there is.

      \`\`\`text
      0  initially  a is in START; b is in IDLE
      1  a starts, enters ASKED, and sends GO to b
      2  b receives GO from a, enters DONE, decides commit, and sends DONE to a
      3  a receives DONE from b, votes commit, enters COMMITTED, and decides commit
      \`\`\`

      \`\`\`mermaid
      sequenceDiagram
        participant P1 as a
        participant P2 as b
        Note over P1: starts<br/>enters ASKED
        P1->>P2: GO
        Note over P2: enters DONE<br/>decides commit
        P2->>P1: DONE
        Note over P1: votes commit<br/>enters COMMITTED<br/>decides commit
      \`\`\`
      "
    `);
  });
});

describe("the JSON document", () => {
  it("has everything that the command line promises", async () => {
    const document = JSON.parse(rendered("json", await resultOf("vote last")));
    expect(document).toMatchObject({
      version: 1,
      model: "handshake",
      complete: true,
      withFailures: false,
      voters: ["a"],
      obeying: [],
      disagreement: null,
      conclusion: "blocking",
    });
    expect(document.tables[0].states[1]).toEqual({
      state: "ASKED",
      decided: [],
      committable: false,
      concurrent: [{ role: "follower", states: ["IDLE", "DONE"] }],
    });
    const [{ sightings }] = document.conditions[1].violations;
    expect(sightings[0]).toMatchObject({
      process: "a",
      state: "ASKED",
      shows: "commit",
      other: "b",
      otherState: "DONE",
    });
    expect(sightings[0].trace.map(({ action }: { action: string | null }) => action)).toEqual([
      null,
      "start(a)",
      "receive(b, GO from a)",
    ]);
    const apart = JSON.parse(rendered("json", await resultOf("disagree")));
    expect(apart.disagreement).toMatchObject({ process: "b", state: "DONE", other: "a" });
  });
});
