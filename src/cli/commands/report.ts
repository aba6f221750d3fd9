import path from "node:path";
import { MODELS } from "../../../models/index.js";
import { type CheckResult, check, outcomeOf } from "../../check/index.js";
import { reportPages } from "../../report/index.js";
import type { Command } from "../command.js";
import { COMMIT_REPORTS, commitPages } from "../commit-reports.js";
import { EXIT, exitCodeOf } from "../exit.js";
import { compareFolder, writeFolder } from "../folder.js";
import { ProgressLine } from "../progress.js";
import type { Terminal } from "../terminal.js";

const command: Command = {
  signature: "report",
  summary: "Check every scenario of every model, and write the verdicts and counterexamples",
  examples: [
    ["report", "write the folder reports/ anew"],
    ["report --check", "see whether it is as it would be written; CI does this"],
  ],
  epilogue:
    "Exit status: 0 every verdict is as expected; 1 one is not, or --check found files that differ.",

  async options() {
    return {
      check: { type: "boolean", describe: "Write nothing; exit 1 if a file is not up to date" },
      folder: { describe: "The folder to write, by default reports" },
    };
  },

  async run(given, terminal) {
    const folder = given.text("folder") ?? "reports";
    const results = await checkEverything(terminal);
    const bad = results.filter((result) => outcomeOf(result) !== "as-expected");
    for (const result of bad)
      terminal.err.write(`${result.model} ${result.scenario}: ${outcomeOf(result)}\n`);
    // What is not known is not written: a report of a search that was cut short would be no report.
    const unfinished = bad.find((result) => outcomeOf(result) !== "unexpected");
    if (unfinished) return exitCodeOf(outcomeOf(unfinished));
    const status = bad.length > 0 ? EXIT.unexpected : EXIT.asExpected;
    const pages = new Map([
      ...reportPages(results, [COMMIT_REPORTS]),
      ...(await commitPages(results, terminal.signal)),
    ]);
    if (terminal.signal.aborted) return EXIT.interrupted;
    if (given.flag("check")) return (await upToDate(folder, pages, terminal)) ? status : 1;
    const changed = await writeFolder(folder, pages);
    terminal.out.write(`${folder}: ${pages.size} files, ${changed} changed\n`);
    return status;
  },
};

export default command;

async function checkEverything({ err, signal }: Terminal): Promise<CheckResult[]> {
  const line = new ProgressLine(err);
  const results: CheckResult[] = [];
  try {
    for (const load of MODELS.values()) {
      const { default: model } = await load();
      for (const { name: scenario } of model.scenarios) {
        line.say(`${model.name} ${scenario}`);
        results.push(await check(model, { scenario, signal }));
        if (signal.aborted) return results;
      }
    }
    return results;
  } finally {
    line.clear();
  }
}

async function upToDate(
  folder: string,
  pages: ReadonlyMap<string, string>,
  { out, err }: Terminal,
): Promise<boolean> {
  const { missing, different, stray } = await compareFolder(folder, pages);
  const found = [
    ...missing.map((file) => ["missing", file] as const),
    ...different.map((file) => ["out of date", file] as const),
    ...stray.map((file) => ["not written by report", file] as const),
  ];
  for (const [what, file] of found) err.write(`${path.posix.join(folder, file)}: ${what}\n`);
  if (found.length > 0)
    err.write("write them anew with `faultline report`, and look at what changed\n");
  else out.write(`${folder}: ${pages.size} files, all up to date\n`);
  return found.length === 0;
}
