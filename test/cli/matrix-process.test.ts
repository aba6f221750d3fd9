/** What takes several processes: workers, and ends that nobody is asked about. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const main = path.join(root, "dist/src/cli/main.js");
const folder = mkdtempSync(path.join(tmpdir(), "faultline-"));
const at = (name: string) => path.join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

const options = { cwd: root, env: { PATH: process.env.PATH } } as const;
const matrix = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  spawnSync(process.execPath, [main, "matrix", ...args], {
    ...options,
    env: { ...options.env, ...env },
    encoding: "utf8",
  });
const started = (args: readonly string[]) =>
  spawn(process.execPath, [main, "matrix", ...args], options);

/** Ends the process in one way or another, or not at all; and says in a file which process it is. */
const MODEL = `
  import { appendFileSync } from "node:fs";
  import { actionsOver, always, defineModel, integer } from "faultline";
  import { Record } from "immutable";
  class State extends Record({ at: 0 }) {}
  const { action } = actionsOver<State>();
  const WAYS = [
    () => {},
    () => process.kill(process.pid, "SIGKILL"),
    () => { const all = []; for (;;) all.push({ all: [all.length] }); },
    () => { for (;;); },
    () => console.log("a word on standard output"),
  ];
  export default defineModel({
    name: "mortal", title: "It dies", source: "none",
    parameters: { way: integer({ default: 0, min: 0, max: 9, help: "how" }) },
    scenarios: [],
    system: ({ way }) => ({
      config: {},
      initial: [new State()],
      actions: [action("Step", {
        when: (s) => s.at < 2,
        then: (s) => {
          appendFileSync(${JSON.stringify(at("processes"))}, process.pid + " ");
          WAYS[way]?.();
          return s.set("at", s.at + 1);
        },
      })],
    }),
    properties: () => [always<State>("short", (s) => s.at < 3)],
  });`;

const workers = () => readFileSync(at("processes"), "utf8").split(" ").filter(Boolean).map(Number);

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; waited < 20_000 && !condition(); waited += 50) await pause(50);
  expect(condition()).toBe(true);
}

const linesOf = (file: string) => {
  try {
    return readFileSync(file, "utf8").split("\n").length - 1;
  } catch {
    return 0;
  }
};

beforeAll(() => {
  const build = [path.join(root, "scripts/set-up.mjs"), "--build"];
  expect(spawnSync(process.execPath, build, { cwd: root })).toMatchObject({ status: 0 });
  writeFileSync(at("mortal.ts"), MODEL);
}, 120_000);

describe("workers", () => {
  it.each(["text", "json"])("change nothing in what is printed: %s", (format) => {
    const args = [
      ...["two-phase-commit", "transaction-commit", "--participants", "1..3", "--rms", "1..4"],
      ...["--faults", "none", "--faults", "crash(coordinator)=1, recover=1", "--format", format],
    ];
    const [one, many] = [matrix([...args, "--jobs", "1"]), matrix([...args, "--jobs", "3"])];
    expect(many.stdout).toBe(one.stdout);
    expect(many).toMatchObject({ status: 0, stderr: "" });
  });

  const results = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const { status, stdout } = matrix([at("mortal.ts"), ...args, "--format", "json"], env);
    const { cells } = JSON.parse(stdout) as {
      cells: { result: { complete: boolean; stoppedBy: string | null; stopNote: string | null } }[];
    };
    return {
      status,
      results: cells.map(({ result }) => [result.complete, result.stoppedBy, result.stopNote]),
    };
  };

  it("that die leave a cell undecided, and the others go on", () => {
    const heap = { NODE_OPTIONS: "--max-old-space-size=120" };
    expect(results(["--way", "0,1,2,4,5", "--jobs", "2"], heap)).toEqual({
      status: 3,
      results: [
        [true, null, null],
        [false, "worker", "it got SIGKILL"],
        [false, "worker", expect.stringMatching(/out of memory/)],
        [true, null, null],
        [true, null, null],
      ],
    });
    expect(workers().filter(isRunning)).toEqual([]);
  }, 60_000);

  it("that never return are ended when their time is over", () => {
    expect(results(["--way", "0,3,5", "--jobs", "2", "--timeout", "1"])).toEqual({
      status: 3,
      results: [
        [true, null, null],
        [false, "time", "a function of the model did not return"],
        [true, null, null],
      ],
    });
    expect(workers().filter(isRunning)).toEqual([]);
  }, 60_000);
});

describe("an end", () => {
  /** The largest takes minutes. */
  const LONG = ["transaction-commit", "--rms", "2,3,4,11", "--jobs", "2"];

  const reached = async (child: ChildProcess, file: string, lines: number) => {
    await until(() => linesOf(file) >= lines || child.exitCode !== null);
    expect(child.exitCode).toBe(null);
  };

  it.each(["SIGINT", "SIGTERM"] as const)(
    "by %s prints and keeps what was done",
    async (signal) => {
      const file = at(`${signal}.jsonl`);
      const child = started([...LONG, "--resume", file]);
      const output = text(child.stdout);
      await reached(child, file, 4);
      child.kill(signal);
      const [status] = await once(child, "exit");
      expect(await output).toContain("INTERRUPTED: 1 of them undecided.");
      expect(await output).toMatch(/4 +1,568 +✓/);
      expect(status).toBe(130);
      expect(linesOf(file)).toBe(4);
    },
  );

  it("by SIGKILL, at any moment, loses nothing that was done, and leaves no worker behind", async () => {
    const args = [at("mortal.ts"), "--way", "0,5..9", "--jobs", "2", "--format", "json"];
    const whole = matrix(args).stdout;
    const file = at("killed.jsonl");
    for (const milliseconds of [120, 220, 300, 360, 420]) {
      const child = started([...args, "--resume", file]);
      await pause(milliseconds);
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    }
    const kept = Math.max(0, linesOf(file) - 1);
    const again = matrix([...args, "--resume", file]);
    expect(again.stdout).toBe(whole);
    expect(again.status).toBe(0);
    expect(linesOf(file)).toBe(7);
    expect(kept).toBeLessThanOrEqual(6);
    await until(() => !workers().some(isRunning));
  }, 60_000);

  it("by SIGKILL in the middle of a search is gone on with from there", async () => {
    const file = at("middle.jsonl");
    const child = started([...LONG, "--resume", file]);
    await reached(child, file, 4);
    child.kill("SIGKILL");
    await once(child, "exit");
    const args = ["transaction-commit", "--rms", "2..5", "--jobs", "1"];
    const resumed = matrix([...args, "--resume", file]);
    expect(resumed.stdout).toBe(matrix(args).stdout);
    expect(linesOf(file)).toBe(5);
  });
});
