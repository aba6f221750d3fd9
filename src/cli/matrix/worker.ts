/**
 * A process that searches cells for another one, one after the other. What it is sent are requests,
 * what it sends back are results.
 */
import type { Cell, CellResult, Limits } from "../../check/index.js";
import { checkCell } from "../../check/matrix/run.js";
import type { Model } from "../../model/index.js";
import { loadModel } from "../load.js";

export interface CellRequest {
  /** What the command line calls the model. */
  readonly word: string;
  readonly cell: Cell;
  readonly limits: Limits;
  /** How much memory the search may take, in bytes, besides what the process has at its start. */
  readonly memoryBytes: number;
}

/** `stop`: come to an end with what was found. */
export type ToWorker = CellRequest | "stop";

export type FromWorker = { readonly result: CellResult } | { readonly fault: string };

const models = new Map<string, Promise<Model>>();
const ownMemory = process.memoryUsage.rss();
let interruption = new AbortController();

// Ctrl-C reaches every process at the terminal; what it means is for the one that asks to say.
for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => {});
process.on("disconnect", () => process.exit());

process.on("message", async (message: ToWorker) => {
  if (message === "stop") {
    interruption.abort();
    return;
  }
  interruption = new AbortController();
  answer(
    await searched(message).then(
      (result) => ({ result }),
      (error: unknown) => ({
        fault: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
    ),
  );
});

async function searched({ word, cell, limits, memoryBytes }: CellRequest): Promise<CellResult> {
  const { signal } = interruption;
  const model = models.get(word) ?? loadModel(word);
  models.set(word, model);
  return checkCell(await model, cell, limits, { signal, maxMemoryBytes: ownMemory + memoryBytes });
}

function answer(message: FromWorker): void {
  process.send?.(message);
}
