import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import transactionCommit from "../../models/transaction-commit.js";
import twoPhaseCommit from "../../models/two-phase-commit.js";
import { type Cell, checkMatrix, type MatrixRun, replay, setUp } from "../../src/check/index.js";
import { withoutResult } from "../../src/check/matrix/cell.js";
import { Mistake, toPlain } from "../../src/model/index.js";
import {
  asCommands,
  matrixJson,
  matrixMarkdown,
  matrixText,
  readMatrix,
  readRecording,
  tracePages,
} from "../../src/report/index.js";

const models = [twoPhaseCommit, transactionCommit];
const modelOf = (name: string) => models.find((model) => model.name === name)!;
const commands = asCommands((model) => model);
const text = (run: MatrixRun, width = 80) => matrixText(run, commands, { color: false, width });

let run: MatrixRun;
beforeAll(async () => {
  run = await checkMatrix({
    models,
    faults: ["none", "crash(coordinator)=1", "crash(coordinator)=1, recover=1, detect=arbitrary"],
    parameters: { participants: [1, 2], rms: [2] },
  });
});

/** The same with other counts: those of the models are tested where the models are. */
const counted = (): MatrixRun => ({
  ...run,
  results: run.results.map((result, i) => result && { ...result, states: 3 ** i }),
});

/** The same, with one cell come out differently. */
function changed(index: number, result: MatrixRun["results"][number]): MatrixRun {
  return { ...run, results: run.results.map((old, i) => (i === index ? result : old)) };
}

describe("as text", () => {
  it("is a table with a mark for each verdict, and how to see the counterexamples", () => {
    expect(text(counted())).toMatchInlineSnapshot(`
      "                                                 agreement
                                                       │  validity
                                                       │  │  irrevocability
                                                       │  │  │  non-blocking
                                                       │  │  │  │    termination
                                                       │  │  │  │    │    may-commit
        participants  faults                   states  │  │  │  │    │    │  may-abort
      two-phase-commit  termination none
        1             none                          1  ✓  ✓  ✓  ✓    ✓    ✓  ✓
        1             crash(coordinator)=1          3  ✓  ✓  ✓  ✗ 3  ✗ 3  ✓  ✓
        1             crash(coordinator)=1,         9  ✓  ✓  ✓  ✗ 3  ✓    ✓  ✓
                      recover=1,
                      detect=arbitrary
        2             none                         27  ✓  ✓  ✓  ✓    ✓    ✓  ✓
        2             crash(coordinator)=1         81  ✓  ✓  ✓  ✗ 2  ✗ 2  ✓  ✓
        2             crash(coordinator)=1,       243  ✓  ✓  ✓  ✗ 2  ✓    ✓  ✓
                      recover=1,
                      detect=arbitrary
      transaction-commit  rms 2
        –             –                           729  ✓  –  ✓  –    –    ✓  ✓
        –             crash(coordinator)=1          –  –  –  –  –    –    –  –
        –             crash(coordinator)=1,         –  –  –  –  –    –    –  –
                      recover=1,
                      detect=arbitrary

      ✓ holds · ✗ 4 violated, by a trace of 4 steps · – does not apply

      The counterexamples are shown by:
        faultline check two-phase-commit --participants 1 --termination none \\
          --faults "crash(coordinator)=1"
        faultline check two-phase-commit --participants 1 --termination none \\
          --faults "crash(coordinator)=1, recover=1, detect=arbitrary"
        faultline check two-phase-commit --participants 2 --termination none \\
          --faults "crash(coordinator)=1"
        faultline check two-phase-commit --participants 2 --termination none \\
          --faults "crash(coordinator)=1, recover=1, detect=arbitrary"

      Not applicable:
        transaction-commit, 2 cells: transaction-commit is a plain transition system:
        nothing around it can be made to fail

      7 cells, all decided. Every verdict is as expected.
      "
    `);
  });

  it("has the names beside each other where there is room", () => {
    const [head] = text(run, 160).split("\n");
    expect(head).toMatch(/^ {2}participants {2}faults +states {2}agreement {2}validity/);
  });

  it.each([50, 60, 72, 80, 100, 120])("fits into %i columns, with every verdict", (width) => {
    const lines = text(run, width).split("\n");
    // What goes to a shell is broken between words only.
    const prose = lines.filter((line) => !/^ +(faultline|--)/.test(line));
    expect(prose.filter((line) => line.length > width)).toEqual([]);
    const table = lines.slice(
      0,
      lines.findIndex((line) => line.startsWith("✓ holds")),
    );
    const marks = table.join("\n").match(/[✓✗?]/gu) ?? [];
    const verdicts = run.results.flatMap((result) => result?.properties ?? []);
    expect(marks).toHaveLength(verdicts.length);
  });

  it("has of a part its own rows, and those that apply to nobody", () => {
    const part = text({ ...run, shard: { part: 1, of: 7 } });
    expect(part.match(/^ {2}\d+ /gm) ?? []).toHaveLength(0);
    expect(part).toContain("two-phase-commit  participants 1 · termination none");
    expect(part).not.toContain("participants 2");
    expect(part).toContain("1 cell, part 1 of 7, all decided.");
    expect(part).toContain("Not applicable:");
  });

  it("says why something is undecided, and never that all is well", () => {
    const stopped = text(changed(0, withoutResult({ stoppedBy: "worker", stopNote: "it got X" })));
    expect(stopped.replaceAll(/\s+/g, " ")).toContain(
      "the process that searched it died (it got X)",
    );
    expect(stopped).toContain("UNDECIDED: 1 of them. This is no success.");
    expect(text(changed(0, null)).replaceAll(/\s+/g, " ")).toContain("it was not run");
    const interrupted = text({ ...changed(0, null), interrupted: true });
    expect(interrupted).toContain("INTERRUPTED: 1 of them undecided.");
  });

  it("says what is not as expected", () => {
    const result = run.results[0]!;
    const [first, ...others] = result.properties;
    const surprise = { ...first!, verdict: "violated" as const, steps: 4 };
    const told = text(changed(0, { ...result, properties: [surprise, ...others] }));
    expect(told).toContain("✗ 4!");
    expect(told.replaceAll(/\s+/g, " ")).toContain(
      "agreement is violated, expected to hold (scenario no-failures)",
    );
    expect(told).toContain("NOT AS EXPECTED: 1 cell.");
  });
});

describe("as Markdown", () => {
  const link = (cell: Cell, property: string) => `t/${cell.index} ${property}.md`;

  it("is a table, and what the marks do not say", () => {
    expect(matrixMarkdown(counted(), { title: "All" })).toMatchInlineSnapshot(`
      "# All

      ✓ holds; ✗ 4 is violated, by a trace of 4 steps; ? is undecided; – does not apply. In bold, with an exclamation mark: not what the model's scenario leads one to expect. ≥: not the whole state space was searched, because a limit came first or every property was decided before.

      | model | participants | faults | states | agreement | validity | irrevocability | non-blocking | termination | may-commit | may-abort |
      | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
      | two-phase-commit | 1 | none | 1 | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
      | two-phase-commit | 1 | crash(coordinator)=1 | 3 | ✓ | ✓ | ✓ | ✗ 3 | ✗ 3 | ✓ | ✓ |
      | two-phase-commit | 1 | crash(coordinator)=1, recover=1, detect=arbitrary | 9 | ✓ | ✓ | ✓ | ✗ 3 | ✓ | ✓ | ✓ |
      | two-phase-commit | 2 | none | 27 | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
      | two-phase-commit | 2 | crash(coordinator)=1 | 81 | ✓ | ✓ | ✓ | ✗ 2 | ✗ 2 | ✓ | ✓ |
      | two-phase-commit | 2 | crash(coordinator)=1, recover=1, detect=arbitrary | 243 | ✓ | ✓ | ✓ | ✗ 2 | ✓ | ✓ | ✓ |
      | transaction-commit | – | – | 729 | ✓ | – | ✓ | – | – | ✓ | ✓ |
      | transaction-commit | – | crash(coordinator)=1 | – | – | – | – | – | – | – | – |
      | transaction-commit | – | crash(coordinator)=1, recover=1, detect=arbitrary | – | – | – | – | – | – | – | – |

      Models:

      - **two-phase-commit**: Two-phase commit: processes, logs and timeouts, termination none
      - **transaction-commit**: Lamport's TwoPhase: two-phase commit as a transition system, rms 2

      Properties:

      - **agreement**: no two processes ever decide differently, those that crashed afterwards included
      - **validity**: commit only if all have voted commit; abort only if some have voted abort or something has failed
      - **irrevocability**: no process ever changes its decision
      - **non-blocking**: every operational process can still reach a decision without any failed process recovering
      - **termination**: every operational process can still reach a decision once what has failed recovers, if it may
      - **may-commit**: all processes can commit
      - **may-abort**: all processes can abort

      Not applicable:

      - transaction-commit, 2 cells: transaction-commit is a plain transition system: nothing around it can be made to fail

      **7 cells, all decided. Every verdict is as expected.**
      "
    `);
  });

  it("links where there is something to link to", () => {
    const linked = matrixMarkdown(run, {
      link: (cell, property) => (property === "non-blocking" ? link(cell, property) : null),
    });
    expect(linked).toContain("[✗ 3](t/1%20non-blocking.md)");
  });

  it("depends on nothing but the verdicts: what was kept reads the same", () => {
    const again = readMatrix(matrixJson(run), "x.json").run;
    expect(matrixMarkdown(again)).toBe(matrixMarkdown(run));
    expect(text(again)).toBe(text(run));
    expect(matrixJson(again)).toBe(matrixJson(run));
  });
});

describe("the pages of counterexamples", () => {
  it("are there for every violated property, and can be replayed", () => {
    const { files, pageOf } = tracePages(run, modelOf);
    let violated = 0;
    for (const cell of run.plan.cells)
      for (const { name, verdict, trace } of run.results[cell.index]?.properties ?? []) {
        const page = pageOf(cell, name);
        expect(page !== null).toBe(verdict === "violated");
        if (page === null) continue;
        violated++;
        expect(files.get(page)).toContain(name);
        const recording = readRecording(files.get(page.replace(/md$/, "json"))!, page);
        const recorded = recording.traces.find(({ property }) => property === name)!;
        expect(recorded.steps.length).toBe(trace!.length);
        const instance = setUp(modelOf(recording.model), {
          parameters: cell.parameters,
          faults: recording.faults,
        });
        expect(replay(instance, recorded.steps, toPlain).impossible).toBe(null);
      }
    expect(violated).toBeGreaterThan(3);
  });

  it("are told apart, also where their names would be the same", () => {
    const { plan, results } = run;
    const twins = plan.cells.map((cell) => ({ ...cell, index: cell.index + plan.cells.length }));
    const cells = [...plan.cells, ...twins];
    const twice = { ...run, plan: { ...plan, cells }, results: [...results, ...results] };
    const { pageOf } = tracePages(twice, modelOf);
    const pages = cells.flatMap((cell) => pageOf(cell, "non-blocking") ?? []);
    expect(pages).toHaveLength(8);
    expect(new Set(pages).size).toBe(8);
  });

  it("say of no verdict that it was expected where nothing was", async () => {
    const odd = await checkMatrix({ models, faults: ["crash(coordinator)=2"] });
    const { files } = tracePages(odd, modelOf);
    const pages = [...files].flatMap(([name, page]) => (name.endsWith(".md") ? page : [])).join("");
    expect(pages).toContain("the shortest there is.");
    expect(pages).not.toMatch(/expected/i);
    expect([...tracePages(run, modelOf).files.values()].join("\n")).toContain("as expected");
  });

  it("have names that any file system takes", () => {
    for (const file of tracePages(run, modelOf).files.keys())
      expect(path.posix.normalize(file)).toMatch(/^[\w/-]+\.(md|json|svg)$/);
  });
});

describe("read back", () => {
  const read = (change: (document: Record<string, unknown>) => void) => {
    const document = JSON.parse(matrixJson(run));
    change(document);
    try {
      readMatrix(JSON.stringify(document), "x.json");
    } catch (error) {
      if (error instanceof Mistake) return error.message;
      throw error;
    }
    return null;
  };
  type Cells = { result: { states: unknown; properties: { verdict: string }[] } }[];

  it.each([
    ["no matrix", (d: Record<string, unknown>) => delete d.matrix, 'it has no "matrix"'],
    ["another version", (d) => (d.version = 9), "its version is 9, where 1 is read"],
    ["other limits", (d) => (d.limits = { maxStates: 1, timeoutSeconds: null }), "changed by hand"],
    ["fewer cells", (d) => (d.cells as unknown[]).pop(), "changed by hand"],
    ["no verdict", (d) => ((d.cells as Cells)[0]!.result.properties[0]!.verdict = "ok"), '"ok"'],
    ["no count", (d) => ((d.cells as Cells)[0]!.result.states = -1), "is not a count"],
    ["nothing", (d) => delete d.cells, 'has no "cells"'],
  ])("refuses what was changed since: %s", (_, change, message) => {
    expect(read(change)).toContain(message);
  });

  it("refuses what is no JSON, and takes what it wrote", () => {
    expect(() => readMatrix("{", "x.json")).toThrow(/it is not JSON/);
    expect(read(() => {})).toBe(null);
  });
});
