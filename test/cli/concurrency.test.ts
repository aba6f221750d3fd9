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

/** A plain transition system whose author has, or has not, said what its local states are. */
const lamp = (localStates: string) => `
  import { actionsOver, defineModel } from "faultline";
  import { Record } from "immutable";
  class State extends Record({ on: false }) {}
  const { action } = actionsOver();
  export default defineModel({
    name: "lamp", title: "A lamp", source: "none", parameters: {}, scenarios: [],
    system: () => ({
      config: null,
      initial: [new State()],
      actions: [action("Switch", { when: () => true, then: (s) => s.set("on", !s.on) })],
    }),
    properties: () => [],
    ${localStates}
  });`;

describe("exit status", () => {
  it("is 0 when both conditions are decided, and either way", async () => {
    const blocking = await faultline("concurrency two-phase-commit");
    expect(blocking.out).toContain("READY   noncommittable  coordinator: WAIT, ABORT, COMMIT\n");
    expect(blocking.out).toContain("How p1 is in READY while coordinator is in COMMIT (7 steps");
    expect(blocking.out).toContain("BLOCKING, by Skeen's theorem");
    expect(blocking.status).toBe(0);
    const not = await faultline("concurrency two-phase-commit --participants 1");
    expect(not.out).toContain("NONBLOCKING, by Skeen's theorem");
    expect(not).toMatchObject({ status: 0, err: "" });
  });

  it("is 3 when a limit came first", async () => {
    const { status, out } = await faultline("concurrency two-phase-commit --max-states 40");
    expect(out).toContain("UNDECIDED, because the limit on states came first.");
    expect(status).toBe(3);
  });

  it("is 130 when it was interrupted, with what was found until then", async () => {
    const signal = AbortSignal.abort();
    const { status, out } = await faultline("concurrency two-phase-commit --participants 8", {
      signal,
    });
    expect(out).toContain("it was interrupted");
    expect(out).toContain("WAIT   noncommittable  participants: INIT, READY, ABORT");
    expect(status).toBe(130);
  });

  it("is 2 when the model makes a mistake", async () => {
    const model = await file(
      "throws.ts",
      lamp(`localStates: () => ({
        processes: [{ name: "lamp", role: "lamps" }],
        stateOf: (s) => { if (s.on) throw new Error("dazzled"); return "off"; },
        hasDecided: () => false,
        voteOf: () => undefined,
      }),`),
    );
    const { status, out, err } = await faultline(["concurrency", model]);
    expect(out).toContain("dazzled");
    expect(out).toContain("claim-threw");
    expect(out).toContain("UNDECIDED, because the model has a mistake.");
    expect(out + err).not.toMatch(/\n\s+at /);
    expect(status).toBe(2);
  });
});

it("asks for the local states of a plain transition system, which may give them", async () => {
  const without = await faultline(["concurrency", await file("lamp.ts", lamp(""))]);
  expect(without.err.replaceAll(/\s+/g, " ")).toContain("lamp has no `localStates`");
  expect(without.err).toContain("local-states-missing");
  expect(without).toMatchObject({ status: 2, out: "" });
  const { status, out } = await faultline("concurrency transaction-commit");
  expect(out).toContain("RMs (rm1, rm2 and rm3)");
  expect(out).toContain("prepared   noncommittable  TM: init, aborted, committed");
  expect(status).toBe(0);
});

describe("a wrong command line exits with 2, says what is meant, and searches nothing", () => {
  it.each([
    ["concurency two-phase-commit", 'did you mean "concurrency"?'],
    ["concurrency", "MODEL is missing"],
    ["concurrency two-phase-comit", 'did you mean "two-phase-commit"?'],
    ["concurrency two-phase-commit three", '"three" is one word too many'],
    ["concurrency two-phase-commit --participant 3", 'did you mean "--participants"?'],
    ["concurrency two-phase-commit --participants 0", "from 1 to 8"],
    ["concurrency two-phase-commit --participants", "--participants is given without a value"],
    ["concurrency two-phase-commit --property agreement", 'unknown option "--property"'],
    ["concurrency two-phase-commit --search dfs", 'unknown option "--search"'],
    ["concurrency two-phase-commit --scenario no-failure", 'did you mean "no-failures"?'],
    ["concurrency two-phase-commit --faults crsh=1", '"crsh" is not a failure'],
    ["concurrency two-phase-commit --format itf", "known: text, json, markdown"],
    ["concurrency two-phase-commit --max-states 0", "a whole number of 1 or more"],
    ["concurrency two-phase-commit --timeout no", "a number of seconds above 0"],
    ["concurrency two-phase-commit --output nowhere/x.md", "there is no such folder"],
    ["concurrency transaction-commit --faults crash=1", "plain transition system"],
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
    const { out, err } = await faultline("concurrency two-phase-commit --format json");
    expect(JSON.parse(out)).toMatchObject({ version: 1, states: 163, conclusion: "blocking" });
    expect(err).toBe("");
  });

  it("goes to a file with --output", async () => {
    const page = path.join(folder, "sets.md");
    const line = ["concurrency", "two-phase-commit", "--format", "markdown", "--output", page];
    expect(await faultline(line)).toMatchObject({ status: 0, out: "" });
    expect(await readFile(page, "utf8")).toContain("## participants (p1, p2 and p3)");
  });

  it("of a scenario has its parameters, and fails only where that is asked for", async () => {
    const line = "concurrency two-phase-commit --scenario cooperative-coordinator-crash";
    expect((await faultline(line)).out).toContain("termination cooperative · faults none");
    const failing = await faultline([...line.split(" "), "--faults", "crash(coordinator)=1"]);
    expect(failing.out).toContain("whoever is down is in no state");
    expect(failing.out).toContain("Skeen's theorem says nothing here");
  });

  it("shows progress on a terminal only, and leaves none of it behind", async () => {
    const line = "concurrency two-phase-commit --participants 5";
    const { err } = await faultline(line, { isTerminal: true });
    expect(err).toMatch(/states · .*\/s · depth/);
    expect(err.endsWith("\r\u001b[2K")).toBe(true);
  });
});

it("has a help of its own, with the parameters of the model that is named", async () => {
  const { status, out } = await faultline("concurrency two-phase-commit --help");
  expect(out).toContain("text (the default), json, markdown");
  expect(out).toContain("--participants");
  expect(status).toBe(0);
});
