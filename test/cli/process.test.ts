/** What only a process of its own can show: streams, signals, start-up, and how it is set up. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { text } from "node:stream/consumers";
import { beforeAll, describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const main = path.join(root, "dist/src/cli/main.js");
const environment = { PATH: process.env.PATH };

const setUp = () =>
  spawnSync(process.execPath, ["scripts/set-up.mjs", "--build"], { cwd: root, encoding: "utf8" });

const faultline = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  spawnSync(process.execPath, [main, ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...environment, ...env },
  });

beforeAll(() => {
  expect(setUp()).toMatchObject({ status: 0 });
}, 120_000);

/** A model that takes minutes, so that it must be stopped. */
const LONG = ["check", "transaction-commit", "--rms", "11"];

describe("set-up", () => {
  it("says nothing and takes no time when there is nothing to do", () => {
    const started = performance.now();
    expect(setUp()).toMatchObject({ status: 0, stdout: "", stderr: "" });
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe("the process", () => {
  it("checks two-phase-commit from start to exit in less than a second of processor time", () => {
    // Told by the process itself: the time on the wall depends on what else the machine does.
    const tell = `process.on("exit", () => {
      const { user, system } = process.cpuUsage();
      process.stderr.write(String((user + system) / 1e6));
    });`;
    const arguments_ = [
      "--import",
      `data:text/javascript,${encodeURIComponent(tell)}`,
      main,
      "check",
      "two-phase-commit",
    ];
    // The least of three runs: a busy machine makes any one of them slower, never faster.
    const seconds = [1, 2, 3].map(() => {
      const { status, stderr } = spawnSync(process.execPath, arguments_, {
        cwd: root,
        encoding: "utf8",
        env: environment,
      });
      expect(status).toBe(0);
      expect(Number(stderr)).toBeGreaterThan(0);
      return Number(stderr);
    });
    expect(Math.min(...seconds)).toBeLessThan(1);
  });

  it("has no colours in a pipe, unless they are forced", () => {
    const escape = "\u001b[";
    const args = ["check", "transaction-commit"];
    expect(faultline(args).stdout).not.toContain(escape);
    expect(faultline(args, { FORCE_COLOR: "1" }).stdout).toContain(escape);
    expect(faultline(args, { FORCE_COLOR: "0" }).stdout).not.toContain(escape);
    expect(faultline(args, { FORCE_COLOR: "1" }).stderr).toBe("");
  });

  it("is quiet when its reader has seen enough", async () => {
    const child = spawn(process.execPath, [main, "list"], { cwd: root, env: environment });
    child.stdout.destroy();
    const complaints = text(child.stderr);
    await once(child, "exit");
    expect(await complaints).toBe("");
  });

  it.each(["SIGINT", "SIGTERM"] as const)("ends at %s with what it has found", async (signal) => {
    const child = spawn(process.execPath, [main, ...LONG, "--format", "json"], {
      cwd: root,
      env: environment,
    });
    const output = text(child.stdout);
    setTimeout(() => child.kill(signal), 1500);
    const [status] = await once(child, "exit");
    const document = JSON.parse(await output);
    expect(document).toMatchObject({ complete: false, stoppedBy: "interrupt" });
    expect(document.states).toBeGreaterThan(1);
    expect(status).toBe(130);
  });
});
