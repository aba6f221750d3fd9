import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultline } from "../support/terminal.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "faultline-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, contents: string): Promise<string> {
  const target = path.join(folder, name);
  await writeFile(target, contents);
  return target;
}

/** A model in a folder where neither Faultline nor Immutable.js is installed. */
const clock = (properties: string) => `
  import { actionsOver, always, alwaysPossible, defineModel, identities, integer, sometimes } from "faultline";
  import { Map, Record } from "immutable";
  class State extends Record({ time: 0, owner: Map() }) {}
  const { action, actionBy } = actionsOver<State>();
  export default defineModel({
    name: "clock", title: "A clock", source: "none",
    parameters: { hours: integer({ default: 3, min: 1, max: 12, help: "hours of a day" }) },
    scenarios: [{ name: "plain", summary: "it ticks", sizes: ["hours"], expected: { stops: "violated" } }],
    system: ({ hours }) => ({
      config: {},
      initial: [new State()],
      actions: [
        action("Tick", { when: (s) => s.time < hours, then: (s) => s.set("time", s.time + 1) }),
        actionBy("Own", { by: identities("p", 2), when: (s, p) => !s.owner.has(p), then: (s, p) => s.setIn(["owner", p], "me") }),
      ],
    }),
    properties: () => [${properties}],
  });`;

describe("exit status", () => {
  it("is 0 when every verdict is as expected", async () => {
    const { status, out, err } = await faultline("check transaction-commit");
    expect(out).toContain("288 states · 1,145 transitions · depth 10");
    expect(out).toContain("Every property holds.");
    expect(err).toBe("");
    expect(status).toBe(0);
  });

  it("is 0 when a violation is what was expected", async () => {
    const model = await file("stops.ts", clock('always<State>("stops", (s) => s.time < 2)'));
    const { status, out } = await faultline(["check", model]);
    expect(out).toContain("✗  stops  violated, as expected; shortest trace: 2 steps");
    expect(status).toBe(0);
  });

  it("is 1 when a verdict is not the expected one", async () => {
    const model = await file("always.ts", clock('always<State>("early", (s) => s.time < 2)'));
    const { status, out } = await faultline(["check", model]);
    expect(out).toContain("VIOLATED, expected to hold");
    expect(status).toBe(1);
  });

  it("is 2 when the model makes a mistake, which is told with the way to it", async () => {
    const model = await file("throws.ts", clock('always<State>("p", (s) => s.owner.get("x").y)'));
    const { status, out, err } = await faultline(["check", model]);
    expect(out + err).toMatch(/what to do/);
    expect(out + err).not.toMatch(/\n\s+at /);
    expect(status).toBe(2);
  });

  it("is 3 when a limit came first, which is told as no success", async () => {
    const { status, out } = await faultline("check transaction-commit --max-states 20");
    expect(out).toContain("UNDECIDED");
    expect(out).not.toContain("✓");
    expect(status).toBe(3);
  });

  it("is 130 when it was interrupted, with what was found until then", async () => {
    const signal = AbortSignal.abort();
    const { status, out } = await faultline("check transaction-commit --rms 8", { signal });
    expect(out).toContain("INTERRUPTED");
    expect(status).toBe(130);
  });
});

describe("a model in a file", () => {
  it("takes its parameters as options, and shares Faultline's own modules", async () => {
    const model = await file("hours.ts", clock('sometimes<State>("late", (s) => s.time === 5)'));
    const { status, out } = await faultline(["check", model, "--hours", "5"]);
    expect(out).toContain("reached in 5 steps");
    expect(status).toBe(0);
  });

  it.each([
    ["models/transaction-commit.ts", "288 states"],
    ["models/two-phase-commit.ts", "Every verdict is as expected."],
  ])("may be one of Faultline's own sources: %s", async (model, found) => {
    const { status, out } = await faultline(["check", model]);
    expect(out).toContain(found);
    expect(status).toBe(0);
  });

  it.each([
    ["syntax.ts", "export default {", /model-not-loaded/, /Unexpected token, line 1, column 17/],
    ["throws-at-once.ts", 'throw new Error("boom");', /model-not-loaded/, /boom/],
    ["import.ts", 'import "./nowhere.js";', /model-not-loaded/, /nowhere\.js/],
    ["none.ts", "export const model = 1;", /model-not-found/, /no default export, only model/],
    ["number.ts", "export default 3;", /model-not-found/, /default export is a number/],
    ["empty-object.js", "export default {};", /model-not-found/, /has no name, no title/],
  ])("is refused without a stack trace: %s", async (name, contents, code, what) => {
    const { status, out, err } = await faultline(["check", await file(name, contents)]);
    const told = err.replaceAll(/\s+/g, " ");
    expect(told).toMatch(code);
    expect(told).toMatch(what);
    expect(err).not.toMatch(/\n\s+at /);
    expect(out).toBe("");
    expect(status).toBe(2);
  });

  it("must be there, and a file", async () => {
    expect((await faultline("check ./nowhere.ts")).err).toContain("no such file");
    expect((await faultline(["check", `${folder}/`])).err).toContain("not a file");
  });
});

describe("a wrong command line exits with 2, says what is meant, and checks nothing", () => {
  it.each([
    ["chek", 'did you mean "check"?'],
    ["check", "MODEL is missing"],
    ["check transaction-comit", 'did you mean "transaction-commit"?'],
    ["check transaction-commit two", '"two" is one word too many'],
    ["check transaction-commit --rmz 3", 'did you mean "--rms"?'],
    ["check transaction-commit --rms", "--rms is given without a value"],
    ["check transaction-commit --rms 99", "from 1 to 24"],
    ["check transaction-commit --rms -1", "from 1 to 24"],
    ["check transaction-commit --rms many", "from 1 to 24"],
    ["check transaction-commit --rms 3 --rms 4", "--rms is given twice"],
    ["check transaction-commit --scenario as-publishd", 'did you mean "as-published"?'],
    ["check transaction-commit --property agrement", 'did you mean "agreement"?'],
    ["check transaction-commit --format jsn", 'did you mean "json"?'],
    ["check transaction-commit --search bsf", "known: bfs, dfs"],
    ["check transaction-commit --audit some", "known: off, sample, all"],
    ["check transaction-commit --max-states 0", "a whole number of 1 or more"],
    ["check transaction-commit --max-states many", "a whole number of 1 or more"],
    ["check transaction-commit --timeout -1", "a number of seconds above 0"],
    ["check transaction-commit --faults crash=1", "plain transition system"],
    ["check transaction-commit --output nowhere/x.json", "there is no such folder"],
    ["check transaction-commit --output test", "it is a folder"],
    ["list two-phase-comit", 'did you mean "two-phase-commit"?'],
    ["replay", "TRACE is missing"],
    ["replay nowhere.json", "there is no such file"],
    ["replay package.json", "where 1 is read"],
    ["replay tsconfig.json", 'has no "version"'],
  ])("%s", async (line, message) => {
    const { status, out, err } = await faultline(line);
    expect(err.replaceAll(/\s+/g, " ")).toContain(message);
    expect(err).not.toMatch(/\n\s+at /);
    expect(out).toBe("");
    expect(status).toBe(2);
  });
});

describe("output", () => {
  it("is one JSON document and nothing else with --format json", async () => {
    const { out, err } = await faultline("check transaction-commit --format json");
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      states: 288,
      transitions: 1145,
      depth: 10,
    });
    expect(err).toBe("");
  });

  it("has only the properties that were asked for", async () => {
    const { out } = await faultline(
      "check transaction-commit --format json --property agreement --property may-abort",
    );
    const names = JSON.parse(out).properties.map(({ name }: { name: string }) => name);
    expect(names).toEqual(["agreement", "may-abort"]);
  });

  it("goes to a file with --output, and can be replayed from there", async () => {
    const trace = path.join(folder, "trace.json");
    const checked = await faultline([
      "check",
      "two-phase-commit",
      "--format",
      "json",
      "--output",
      trace,
    ]);
    expect(checked).toMatchObject({ status: 0, out: "" });
    expect(JSON.parse(await readFile(trace, "utf8")).model).toBe("two-phase-commit");
    const replayed = await faultline(["replay", trace]);
    expect(replayed.out).toContain("non-blocking: violated");
    expect(replayed.out).toMatch(/All \d+ steps? can be taken/);
    expect(replayed.status).toBe(0);
  });

  it("tells of a step that the model cannot take", async () => {
    const { out } = await faultline("check transaction-commit --format json --property may-abort");
    const document = JSON.parse(out);
    document.properties[0].witness[1].action = "TMCommit";
    const { status, out: told } = await faultline([
      "replay",
      await file("impossible.json", JSON.stringify(document)),
    ]);
    expect(told).toContain("Step 1 cannot be taken: TMCommit is not possible.");
    expect(told).toContain("RMPrepare(rm1)");
    expect(status).toBe(1);
  });

  it("shows progress on a terminal only, and leaves none of it behind", async () => {
    const line = "check transaction-commit --rms 6";
    expect((await faultline(line)).err).toBe("");
    const { err } = await faultline(line, { isTerminal: true });
    expect(err).toMatch(/states · .*\/s · depth/);
    expect(err.endsWith("\r\u001b[2K")).toBe(true);
  });
});

describe("help", () => {
  it("names the commands, and is complained with when there is none", async () => {
    const { status, out } = await faultline("--help");
    for (const name of ["list", "check", "replay", "report"])
      expect(out).toContain(`faultline ${name}`);
    expect(status).toBe(0);
    expect(await faultline("")).toMatchObject({ status: 2, out: "" });
  });

  it("of check has every format, and the parameters of the model that is named", async () => {
    const { status, out } = await faultline("check two-phase-commit --help");
    expect(out).toContain("text (the default), json, itf, mermaid, svg, markdown");
    expect(out).toContain("--participants");
    expect(status).toBe(0);
  });

  it("knows the version", async () => {
    expect((await faultline("--version")).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe("list", () => {
  it("shows every model with parameters, scenarios and properties", async () => {
    const { status, out } = await faultline("list");
    for (const word of ["transaction-commit", "--rms", "1 to 24", "as-published", "agreement"])
      expect(out).toContain(word);
    expect(status).toBe(0);
  });

  it("is a document with --format json", async () => {
    const { out } = await faultline("list transaction-commit --format json");
    expect(JSON.parse(out).models).toMatchObject([
      { name: "transaction-commit", parameters: { rms: { default: 3, min: 1, max: 24 } } },
    ]);
  });
});
