import { describe, expect, it } from "vitest";
import { markdown } from "../../src/report/markdown.js";
import { reportPages } from "../../src/report/pages.js";
import { blockedResult, propertyOf, resultOf } from "../support/results.js";

it("has the verdicts as a table, and each counterexample told and drawn", () => {
  expect(markdown.render(blockedResult())).toMatchInlineSnapshot(`
    "# two-phase-commit: coordinator-crash

    - Two-phase commit
    - the coordinator may crash once and does not recover
    - participants 2, faults crash(coordinator)=1

    1,568 states, 12,345 transitions, depth 12.

    | property | verdict | trace | claim |
    | --- | --- | --- | --- |
    | agreement | ✓ holds |  | no two processes decide differently |
    | non-blocking | ✗ violated, as expected | shortest trace: 4 steps | who is up can still decide |
    | termination | ✗ violated, as expected | shortest trace: 4 steps |  |

    ## How non-blocking and termination are violated

    > who is up can still decide

    4 steps, the shortest there is; as expected.

    \`\`\`text
    1  coordinator logs WAIT, sends VOTE_REQUEST to p1 and p2, and enters WAIT
    2  p1 receives VOTE_REQUEST from coordinator, logs READY, sends VOTE_COMMIT to coordinator,
       and enters READY
    3  coordinator crashes
    4  p2 times out waiting for coordinator, decides abort, and sends VOTE_ABORT to coordinator
       (lost)
    \`\`\`

    - p1 is stuck in READY.
    - Nobody can tell it the decision.
    - 4 states can still be reached from here, and the goal in none of them.

    | process | state | log | decision | not yet received |
    | --- | --- | --- | --- | --- |
    | coordinator | down (was WAIT) | WAIT | – | VOTE\\_COMMIT from p1 |
    | p1 | READY | READY | – | – |
    | p2 | – | – | abort | VOTE\\_REQUEST from coordinator |

    \`\`\`mermaid
    sequenceDiagram
      participant P1 as coordinator
      participant P2 as p1
      participant P3 as p2
      Note over P1: logs WAIT<br/>enters WAIT
      P1->>P2: VOTE_REQUEST
      Note over P2: logs READY<br/>enters READY
      Note over P1: ✗ crashes
      Note over P3: times out waiting for coordinator<br/>decides abort
      P3-xP1: VOTE_ABORT (lost)
      P1--)P3: VOTE_REQUEST (not yet received)
      P2--)P1: VOTE_COMMIT (not yet received)
      Note over P2: p1 is stuck in READY.
      Note over P1,P3: Nobody can tell it the decision.
    \`\`\`

    **Every verdict is as expected.**
    "
  `);
});

it("lets no name be taken for Markdown", () => {
  const written = markdown.render(
    resultOf({ model: "a_b_c", properties: [propertyOf({ claims: "x | y *z* <b>" })] }),
  );
  expect(written).toContain("# a\\_b\\_c");
  expect(written).toContain("| x \\| y \\*z\\* \\<b\\> |");
});

describe("the folder of reports", () => {
  const toy = resultOf({ properties: [propertyOf({ verdict: "violated", expected: "violated" })] });

  it("has an overview, and a page for each counterexample", () => {
    const pages = reportPages([blockedResult(), toy]);
    expect([...pages.keys()]).toEqual([
      "README.md",
      "two-phase-commit/coordinator-crash/non-blocking.md",
      "two-phase-commit/coordinator-crash/non-blocking.svg",
    ]);
    const page = pages.get("two-phase-commit/coordinator-crash/non-blocking.md")!;
    expect(page).toContain("as a sequence diagram](non-blocking.svg)\n");
    expect(page).not.toContain("mermaid");
    expect(pages.get("two-phase-commit/coordinator-crash/non-blocking.svg")).toMatch(/^<svg /);
    expect(pages.get("README.md")).toMatchInlineSnapshot(`
      "# Verdicts

      Every scenario of every model that comes with Faultline, as \`faultline report\` finds it. These files are generated: do not edit them.

      ✓ holds, ✗ is violated: the link leads to the shortest trace, told and drawn. A verdict that is not the one the literature leads one to expect would stand here in bold words.

      ## two-phase-commit

      Two-phase commit.

      | scenario | states | transitions | depth | agreement | non-blocking | termination |
      | --- | --- | --- | --- | --- | --- | --- |
      | coordinator-crash | 1,568 | 12,345 | 12 | ✓ | [✗](two-phase-commit/coordinator-crash/non-blocking.md) | [✗](two-phase-commit/coordinator-crash/non-blocking.md) |

      Scenarios:

      - **coordinator-crash**: the coordinator may crash once and does not recover; participants 2, faults crash(coordinator)=1

      Properties:

      - **agreement**: no two processes decide differently
      - **non-blocking**: who is up can still decide

      ## toy

      A toy.

      | scenario | states | transitions | depth | agreement |
      | --- | --- | --- | --- | --- |
      | plain | 1,568 | 12,345 | 12 | ✗ |

      Scenarios:

      - **plain**: nothing fails; size 3
      "
    `);
  });

  it("says nothing of the time or the machine", () => {
    const other = { ...blockedResult(), elapsedSeconds: 99, peakMemoryBytes: 1, modelCalls: 3 };
    expect([...reportPages([other])]).toEqual([...reportPages([blockedResult()])]);
  });

  it("links only to pages that it has", () => {
    const pages = reportPages([blockedResult()]);
    const links = [...pages.get("README.md")!.matchAll(/\]\(([^)]+)\)/g)].map(([, to]) => to!);
    expect(links).not.toEqual([]);
    for (const link of links) expect([...pages.keys()]).toContain(link);
  });
});
