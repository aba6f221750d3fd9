#!/usr/bin/env node
import { EXIT } from "./exit.js";
import { run } from "./run.js";
import { outputTo } from "./terminal.js";

/**
 * The first Ctrl-C ends the search, and what was found is printed; the second ends the process. What
 * asks a process to end politely is taken the same way.
 */
const interruption = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const)
  process.on(name, () => {
    if (interruption.signal.aborted) process.exit(EXIT.interrupted);
    interruption.abort();
  });

// A reader that has seen enough (`| head`) is no error; a full disk is, and not the program's.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    if (stream === process.stdout)
      process.stderr.write(`faultline: cannot write: ${error.message}\n`);
    process.exit(EXIT.usage);
  });

process.exitCode = await run(process.argv.slice(2), {
  out: outputTo(process.stdout, process.env),
  err: outputTo(process.stderr, process.env),
  signal: interruption.signal,
});
