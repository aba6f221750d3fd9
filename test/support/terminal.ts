import { run } from "../../src/cli/run.js";
import type { Output } from "../../src/cli/terminal.js";

interface Settings {
  readonly isTerminal?: boolean;
  readonly signal?: AbortSignal;
}

/** Runs a command line in this process, at a terminal that remembers what was written to it. */
export async function faultline(
  line: string | readonly string[],
  { isTerminal = false, signal = new AbortController().signal }: Settings = {},
) {
  const written = { out: "", err: "" };
  const output = (to: "out" | "err"): Output => ({
    write: (text) => {
      written[to] += text;
    },
    isTerminal,
    color: false,
    width: 80,
  });
  const args = typeof line === "string" ? line.split(" ").filter(Boolean) : line;
  const status = await run(args, { out: output("out"), err: output("err"), signal });
  return { status, ...written };
}
