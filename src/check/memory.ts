import { freemem } from "node:os";
import { getHeapStatistics } from "node:v8";
import { type Budget, OutOfMemory } from "../engine/words.js";

/** Of what is free when the search begins, this much may be used before it is told to stop. */
const SHARE_OF_FREE = 0.85;
const SHARE_OF_HEAP = 0.85;

export interface MemoryLimit {
  readonly budget: Budget;
  /** Why the search must stop now, if it must: the model's own values have filled the heap. */
  heapMessage(): string | null;
}

/** @param maxBytes of process memory; by default most of what is free now */
export function memoryLimit(maxBytes: number | undefined): MemoryLimit {
  const limit = maxBytes ?? process.memoryUsage.rss() + memoryShare(1);
  return {
    budget(bytes) {
      if (process.memoryUsage.rss() + bytes > limit)
        throw new OutOfMemory(`the limit of ${mib(limit)} for the process is reached`);
    },
    heapMessage() {
      const { used_heap_size: used, heap_size_limit: most } = getHeapStatistics();
      if (used < most * SHARE_OF_HEAP) return null;
      return `the model's values fill ${mib(used)} of the JavaScript heap (NODE_OPTIONS=--max-old-space-size=MIB gives it more)`;
    },
  };
}

/** Of what is free now, in bytes, the part of each of so many searches at the same time. */
export function memoryShare(searches: number): number {
  return Math.floor((available() * SHARE_OF_FREE) / searches);
}

function available(): number {
  const constrained = process.constrainedMemory();
  const free = freemem();
  return constrained > 0 ? Math.min(free, constrained) : free;
}

const mib = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;
