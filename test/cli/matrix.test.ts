import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultline } from "../support/terminal.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "faultline-"));
});
afterAll(() => rm(folder, { recursive: true }));

const at = (name: string) => path.join(folder, name);
const read = (name: string) => readFile(at(name), "utf8");

/** In this process: it is the sources that are tested here, and a worker would be another. */
const matrix = (...args: string[]) => faultline(["matrix", ...args, "--jobs", "1"]);

const TWO = ["two-phase-commit", "transaction-commit", "--participants", "1..2"];
const CRASH = ["--faults", "none", "--faults", "crash(coordinator)=1"];

/** A model that counts to `to`, and leaves a word in a file each time that it is searched. */
const counting = (step: string, log: string) => `
  import { appendFileSync } from "node:fs";
  import { actionsOver, always, defineModel, integer } from "faultline";
  import { Record } from "immutable";
  ${step}
  class State extends Record({ at: 0 }) {}
  const { action } = actionsOver<State>();
  export default defineModel({
    name: "counting", title: "It counts", source: "none",
    parameters: { to: integer({ default: 3, min: 1, max: 99, help: "how far" }) },
    scenarios: [],
    system: ({ to }) => ({
      config: {},
      initial: [new State()],
      actions: [action("Count", {
        when: (s) => s.at < to,
        then: (s) => {
          if (s.at === 0) appendFileSync(${JSON.stringify(log)}, to + " ");
          return s.set("at", s.at + STEP);
        },
      })],
    }),
    properties: () => [always<State>("early", (s) => s.at < 5)],
  });`;

describe("faultline matrix", () => {
  it("exits as the verdicts are, violations without an expectation included", async () => {
    const { status, out, err } = await matrix(...TWO, ...CRASH);
    expect(out).toContain("5 cells, all decided. Every verdict is as expected.");
    expect(out).toContain("plain transition system");
    expect(err).toBe("");
    expect(status).toBe(0);
    const odd = await matrix("two-phase-commit", "--faults", "crash(coordinator)=2");
    expect(odd.out).toContain("✗ 2");
    expect(odd.status).toBe(0);
  });

  it("exits with 3 where a limit came first, and with 130 where it was interrupted", async () => {
    const limited = await matrix("transaction-commit", "--rms", "1..4", "--max-states", "100");
    expect(limited.out).toContain("UNDECIDED: 2 of them. This is no success.");
    expect(limited.status).toBe(3);
    const { status, out } = await faultline("matrix transaction-commit --rms 1..4 --jobs 1", {
      signal: AbortSignal.abort(),
    });
    expect(out).toContain("INTERRUPTED: 4 of them undecided.");
    expect(status).toBe(130);
  });

  it("shows commands that show the counterexamples", async () => {
    const { out } = await matrix("two-phase-commit", ...CRASH, "--termination", "none,cooperative");
    const commands = [...out.replaceAll(/ \\\n +/g, " ").matchAll(/^ {2}faultline (.+)$/gm)];
    expect(commands).toHaveLength(2);
    for (const [, command] of commands) {
      const words = [...command!.matchAll(/"([^"]*)"|\S+/g)].map(([all, inner]) => inner ?? all);
      const shown = await faultline(words);
      expect(shown.out).toContain("How non-blocking");
      expect(shown.out).toContain(`termination ${words[words.indexOf("--termination") + 1]}`);
      expect(shown.status).toBe(0);
    }
  });

  it("writes pages, links to them from where the table is, and leaves other files alone", async () => {
    await writeFile(at("mine.txt"), "mine");
    const { status, err } = await matrix(
      ...[...TWO, ...CRASH, "--format", "markdown"],
      ...["--output", at("matrix.md"), "--traces", folder],
    );
    expect(status).toBe(0);
    expect(err).toContain("written to");
    const links = [...(await read("matrix.md")).matchAll(/\[✗ \d+\]\(([^)]+)\)/g)];
    expect(links.length).toBeGreaterThan(1);
    for (const [, link] of links) expect(await read(link!)).toMatch(/^# How non-blocking/);
    expect(await read("mine.txt")).toBe("mine");
    const [, link] = links[0]!;
    const replayed = await faultline(["replay", at(link!.replace(/md$/, "json"))]);
    expect(replayed.out).toMatch(/All \d+ steps? can be taken/);
    expect(replayed.status).toBe(0);
  });

  it("takes a model in a file", async () => {
    const model = at("counts.ts");
    await writeFile(model, counting("const STEP = 1;", at("log")));
    const { out, status } = await matrix(model, "--to", "2,8");
    expect(out).toMatch(/2 +3 +✓\n +8 +≥ \d+ +✗ 5/);
    expect(status).toBe(0);
  });
});

describe("--resume", () => {
  const run = (to: string, ...more: string[]) =>
    matrix(at("resumed.ts"), "--to", to, "--resume", at("run.jsonl"), ...more);
  const searched = async () => {
    const text = await readFile(at("searched"), "utf8").catch(() => "");
    await rm(at("searched"), { force: true });
    return [...new Set(text.split(" ").filter(Boolean))];
  };
  beforeAll(() => writeFile(at("resumed.ts"), counting("const STEP = 1;", at("searched"))));

  it("searches what is not known yet, and gives what a run in one piece gives", async () => {
    await run("2..4");
    expect(await searched()).toEqual(["2", "3", "4"]);
    const { out } = await run("2..6");
    expect(await searched()).toEqual(["5", "6"]);
    expect(out).toBe((await matrix(at("resumed.ts"), "--to", "2..6")).out);
    await searched();
    await run("2..6");
    expect(await searched()).toEqual([]);
  });

  it("loses a last line that is broken, and no other", async () => {
    const whole = await read("run.jsonl");
    const cut = whole.slice(0, -20);
    await writeFile(at("run.jsonl"), cut);
    await run("2..6");
    expect(await searched()).toEqual(["6"]);
    expect(await read("run.jsonl")).toBe(whole);
    // However far a process came before it died.
    for (let length = 0; length < 60; length += 7) {
      await writeFile(at("run.jsonl"), whole.slice(0, length));
      expect((await run("2..3")).status).toBe(0);
    }
    await writeFile(at("run.jsonl"), `${whole}{"broken\n`);
    expect((await run("2..6")).status).toBe(0);
    expect(await read("run.jsonl")).toBe(whole);
    await searched();
  });

  it("searches again what was undecided for want of time, or at another limit", async () => {
    await run("9", "--max-states", "3");
    expect(await searched()).toEqual(["9"]);
    await run("9", "--max-states", "3");
    expect(await searched()).toEqual([]);
    await run("9", "--max-states", "4");
    expect(await searched()).toEqual(["9"]);
  });

  it("searches again when the model is another", async () => {
    await writeFile(
      at("resumed.ts"),
      counting('import { STEP } from "./step.js";', at("searched")),
    );
    await writeFile(at("step.ts"), "export const STEP = 1;");
    await run("2");
    expect(await searched()).toEqual(["2"]);
    await writeFile(at("step.ts"), "export const STEP = 2;");
    await run("2");
    expect(await searched()).toEqual(["2"]);
    await run("2");
    expect(await searched()).toEqual([]);
  });

  it("refuses a file that is something else, and leaves it as it is", async () => {
    for (const contents of ["a diary", "a diary\n", '{"version": 1}\n', '{"resume": 1}\n']) {
      await writeFile(at("diary"), contents);
      const { status, err, out } = await matrix("transaction-commit", "--resume", at("diary"));
      expect(err).toContain("matrix-not-read");
      expect(err).not.toMatch(/\n\s+at /);
      expect(out).toBe("");
      expect(status).toBe(2);
      expect(await read("diary")).toBe(contents);
    }
    const [head, ...lines] = (await read("run.jsonl")).split("\n");
    await writeFile(at("run.jsonl"), [head, "{}", ...lines].join("\n"));
    expect((await run("2")).err.replaceAll(/\s+/g, " ")).toMatch(/has no .*run\.jsonl, line 2/);
  });
});

describe("faultline merge", () => {
  const args = [...TWO, ...CRASH];
  const part = async (number: number, of: number, ...more: string[]) => {
    const file = at(`part${number}.json`);
    const shard = ["--shard", `${number}/${of}`, "--format", "json", "--output", file];
    await matrix(...args, ...shard, ...more);
    return file;
  };

  it.each(["text", "markdown", "json"])("gives the whole byte for byte as %s", async (format) => {
    const files = [await part(2, 3), await part(3, 3), await part(1, 3)];
    const whole = await matrix(...args, "--format", format);
    const merged = await faultline(["merge", ...files, "--format", format]);
    expect(merged).toEqual(whole);
  });

  it("gives the pages as well", async () => {
    const files = [await part(1, 2), await part(2, 2)];
    const traces = ["--format", "markdown", "--traces"];
    const whole = await matrix(...args, ...traces, at("whole"));
    const merged = await faultline(["merge", ...files, ...traces, at("merged")]);
    expect(merged.out.replaceAll("/merged/", "/whole/")).toBe(whole.out);
    const link = /\(([^)]+\.md)\)/.exec(merged.out)![1]!;
    expect(await readFile(link, "utf8")).toBe(
      await readFile(link.replace("/merged/", "/whole/"), "utf8"),
    );
  });

  it("says which cells are missing, and exits with 3", async () => {
    const { status, err, out } = await faultline(["merge", await part(2, 2)]);
    expect(err).toContain("3 cells missing, in none of the files:");
    expect(err).toContain("two-phase-commit, participants 1, termination none, faults none");
    expect(out).toContain("UNDECIDED: 3 of them.");
    expect(status).toBe(3);
  });

  it("refuses parts of different plans, and files that are none", async () => {
    const [one, two] = [await part(1, 2), await part(2, 2, "--max-states", "5000")];
    const { status, err } = await faultline(["merge", one, two]);
    expect(err.replaceAll(/\s+/g, " ")).toContain("are not of the same plan (the limits differ)");
    expect(status).toBe(2);
    await writeFile(at("half.json"), (await readFile(one, "utf8")).slice(0, 900));
    for (const file of [at("half.json"), "package.json", at("nowhere.json"), folder]) {
      const refused = await faultline(["merge", one, file]);
      expect(refused.err).toContain("matrix-not-read");
      expect(refused.status).toBe(2);
    }
  });

  it("wants the same code for the pages", async () => {
    await writeFile(at("counts.ts"), counting("const STEP = 1;", at("log")));
    await matrix(at("counts.ts"), "--format", "json", "--output", at("one.json"));
    await appendFile(at("counts.ts"), "// and a remark\n");
    const { status, err } = await faultline(["merge", at("one.json"), "--traces", at("none")]);
    expect(err.replaceAll(/\s+/g, " ")).toContain("is another");
    expect(status).toBe(2);
    expect((await faultline(["merge", at("one.json")])).status).toBe(0);
  });
});

describe("a wrong command line exits with 2, says what is meant, and searches nothing", () => {
  it.each([
    ["matrix", "MODEL is missing"],
    ["matrx two-phase-commit", 'did you mean "matrix"?'],
    ["matrix two-phase-comit", 'did you mean "two-phase-commit"?'],
    ["matrix transaction-commit two-phase-comit", 'did you mean "two-phase-commit"?'],
    ["matrix two-phase-commit --participant 2", 'did you mean "--participants"?'],
    ["matrix two-phase-commit --participants 4..2", "the range is empty"],
    ["matrix two-phase-commit --participants 1..99999999", "the range is too long"],
    ["matrix two-phase-commit --participants 2..", "a range is of whole numbers"],
    ["matrix two-phase-commit --participants 2,,3", "a value is missing"],
    ["matrix two-phase-commit --participants 2 --participants 3", "given twice"],
    ["matrix two-phase-commit --participants 0..3", "must be a whole number from 1 to 8"],
    ["matrix two-phase-commit --termination non", "must be one of none, cooperative"],
    ["matrix two-phase-commit --property agrement", 'did you mean "agreement"?'],
    ["matrix two-phase-commit --faults crsh=1", '"crsh" is not a failure'],
    ["matrix transaction-commit --faults crash=1", "plain transition system"],
    ["matrix two-phase-commit --format markdwn", 'did you mean "markdown"?'],
    ["matrix two-phase-commit --format itf", "known: text, markdown, json"],
    ["matrix two-phase-commit --shard 5/4", "as 1/4"],
    ["matrix two-phase-commit --shard 0/4", "as 1/4"],
    ["matrix two-phase-commit --shard one", "as 1/4"],
    ["matrix two-phase-commit --jobs 0", "a whole number of 1 or more"],
    ["matrix two-phase-commit --max-states many", "a whole number of 1 or more"],
    ["matrix two-phase-commit --timeout 0", "a number of seconds above 0"],
    ["matrix two-phase-commit --output nowhere/x.md", "there is no such folder"],
    ["matrix two-phase-commit --resume nowhere/x.jsonl", "there is no such folder"],
    ["matrix two-phase-commit --traces package.json", "there is a file of that name"],
    ["matrix two-phase-commit models/two-phase-commit.ts", "two of the models are called"],
    ["merge", "PART is missing"],
    ["merge tsconfig.json", 'it has no "matrix"'],
    ["merge part.json --formt json", 'did you mean "--format"?'],
  ])("%s", async (line, message) => {
    const { status, out, err } = await faultline(line);
    expect(err.replaceAll(/\s+/g, " ")).toContain(message);
    expect(err).not.toMatch(/\n\s+at /);
    expect(out).toBe("");
    expect(status).toBe(2);
  });
});

it("help has the parameters of every model that is named", async () => {
  const { out, status } = await faultline("matrix two-phase-commit transaction-commit --help");
  for (const word of ["--participants", "--rms", "--shard", "--traces", "MODEL..."])
    expect(out).toContain(word);
  expect(status).toBe(0);
});
