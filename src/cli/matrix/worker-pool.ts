/** Searches cells in processes of their own, so that one that runs out of memory takes none with it. */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { CellResult, Execute, Plan } from "../../check/index.js";
import { withoutResult } from "../../check/matrix/cell.js";
import { memoryShare } from "../../check/memory.js";
import type { FromWorker, ToWorker } from "./worker.js";

const WORKER = fileURLToPath(new URL("./worker.js", import.meta.url));

/** Milliseconds that a worker is given to see by itself that its time is over. */
const PATIENCE = 5_000;

/** What is kept of the last that a worker said, for the reason of its end. */
const LAST_WORDS = 4_000;

export interface WorkerPool {
  readonly execute: Execute;
  close(): void;
}

export function workerPool({ models, limits }: Plan, jobs: number): WorkerPool {
  const words = new Map(models.map(({ name, word }) => [name, word]));
  const memoryBytes = memoryShare(jobs);
  const all = new Set<Worker>();
  const idle: Worker[] = [];
  return {
    async execute(cell, signal) {
      let worker = idle.pop();
      while (worker && !worker.isAlive) worker = idle.pop();
      worker ??= new Worker();
      all.add(worker);
      const request = { word: words.get(cell.model)!, cell, limits, memoryBytes };
      const result = await worker.search(request, limits.timeoutSeconds, signal);
      if (worker.isAlive) idle.push(worker);
      else all.delete(worker);
      return result;
    },
    close() {
      for (const worker of all) worker.end();
    },
  };
}

type Ending = Parameters<typeof withoutResult>[0];

class Worker {
  readonly #child: ChildProcess;
  #lastWords = "";

  constructor() {
    // What a model prints is not part of any report.
    this.#child = fork(WORKER, { stdio: ["ignore", "ignore", "pipe", "ipc"] });
    this.#child.stderr?.on("data", (data) => {
      this.#lastWords = (this.#lastWords + String(data)).slice(-LAST_WORDS);
    });
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  end(): void {
    this.#child.kill("SIGKILL");
  }

  /** @throws what is a fault of the checker itself */
  search(
    request: Exclude<ToWorker, "stop">,
    seconds: number | null,
    signal: AbortSignal,
  ): Promise<CellResult> {
    return new Promise((resolve, reject) => {
      const child = this.#child;
      let ended: Ending | null = null;
      let patience: NodeJS.Timeout | undefined;
      const endAs = (ending: Ending) => {
        ended = ending;
        this.end();
      };
      const interrupt = () => {
        this.#send("stop");
        clearTimeout(patience);
        patience = setTimeout(() => endAs(INTERRUPTED), PATIENCE);
      };
      const settle = (finish: () => void) => {
        clearTimeout(patience);
        signal.removeEventListener("abort", interrupt);
        child.off("message", answered).off("close", closed).off("error", failed);
        finish();
      };
      const answered = (answer: FromWorker) =>
        settle(() =>
          "result" in answer ? resolve(answer.result) : reject(new Error(answer.fault)),
        );
      const closed = (code: number | null, killedBy: string | null) =>
        settle(() => resolve(withoutResult(ended ?? this.#death(code, killedBy))));
      const failed = (error: Error) => settle(() => reject(error));
      child.on("message", answered).on("close", closed).on("error", failed);
      signal.addEventListener("abort", interrupt);
      // A function of the model that never returns cannot be stopped from within.
      if (seconds !== null)
        patience = setTimeout(() => endAs(NEVER_RETURNED), seconds * 1000 + PATIENCE);
      this.#send(request);
      if (signal.aborted) interrupt();
    });
  }

  /** That it cannot be sent to is told by its end. */
  #send(message: ToWorker): void {
    this.#child.send(message, () => {});
  }

  #death(code: number | null, killedBy: string | null): Ending {
    const [, fatal] = /FATAL ERROR: (.+)/.exec(this.#lastWords) ?? [];
    const stopNote = fatal ?? (killedBy === null ? `exit status ${code}` : `it got ${killedBy}`);
    return { stoppedBy: "worker", stopNote };
  }
}

const INTERRUPTED: Ending = { stoppedBy: "interrupt", stopNote: null };
const NEVER_RETURNED: Ending = {
  stoppedBy: "time",
  stopNote: "a function of the model did not return",
};
