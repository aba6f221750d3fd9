import { setImmediate as breathe } from "node:timers/promises";
import { Explorer } from "../engine/explorer.js";
import { type Budget, OutOfMemory } from "../engine/words.js";
import { type Instance, Mistake, type Model } from "../model/index.js";
import { Program } from "../model/program.js";
import { type MemoryLimit, memoryLimit } from "./memory.js";
import type { SearchOptions } from "./options.js";
import type { SearchResult, StoppedBy } from "./result.js";
import type { Chosen } from "./scenario.js";
import { traceTo } from "./trace.js";

/** A search runs this long before it lets signals, timers and progress have their turn. */
const SLICE_MS = 40;

/** What is searched, and since when the user has been waiting (as `performance.now()`). */
export interface Subject {
  readonly model: Model;
  readonly chosen: Chosen;
  readonly instance: Instance;
  readonly started: number;
}

/**
 * One search of a state space, and the work on what it found, in slices: between them signals, time and
 * memory are looked at. A reason to stop ends it, and what was found until then stays.
 */
export class Search {
  readonly program: Program;
  readonly explorer: Explorer;
  readonly budget: Budget;
  stoppedBy: StoppedBy | null = null;
  readonly #subject: Subject;
  readonly #options: SearchOptions;
  readonly #heapMessage: MemoryLimit["heapMessage"];
  #stopNote: string | null = null;
  #mistake: SearchResult["mistake"] = null;

  /**
   * @param exhaust whether to go on to the end even when every watch has its answer
   * @throws Mistake when the initial state is none, or an action's actors are not fixed
   */
  constructor(subject: Subject, options: SearchOptions, exhaust: boolean) {
    this.#subject = subject;
    this.#options = options;
    const { budget, heapMessage } = memoryLimit(options.maxMemoryBytes);
    this.budget = budget;
    this.#heapMessage = heapMessage;
    this.program = new Program(subject.instance.system);
    this.explorer = new Explorer(this.program, {
      search: options.search ?? "bfs",
      maxStates: options.maxStates ?? Number.POSITIVE_INFINITY,
      audit: options.audit ?? "sample",
      exhaust,
      budget,
    });
  }

  /** @param follow work on the states found so far, after each slice; it breathes as `finish` lets it */
  async run(follow?: () => Generator<void>): Promise<void> {
    const { explorer } = this;
    while (explorer.end === null && this.stoppedBy === null) {
      const sliceEnd = performance.now() + SLICE_MS;
      explorer.run(() => performance.now() >= sliceEnd);
      const message = this.#heapMessage();
      if (message !== null && explorer.end === null) explorer.outOfMemory(message);
      this.#options.onProgress?.({
        states: explorer.store.count,
        transitions: explorer.transitions,
        depth: explorer.depth,
        frontier: explorer.frontier,
        elapsedSeconds: this.#elapsedSeconds(),
        memoryBytes: process.memoryUsage.rss(),
      });
      if (follow) await this.finish(follow(), undefined);
      if (explorer.end === null) {
        await breathe();
        this.stoppedBy ??= this.reasonToStop();
      }
    }
    explorer.finish();
    if (explorer.end !== null && explorer.end !== "complete") this.stoppedBy = explorer.end;
    if (explorer.mistake !== null) this.#noteMistake(explorer.mistake);
    this.#stopNote ??= explorer.memoryMessage;
  }

  #noteMistake({ mistake, state }: NonNullable<Explorer["mistake"]>): void {
    const trace = state === null ? null : traceTo(this.explorer, state);
    this.#mistake = { mistake, trace };
  }

  /** Runs work that breathes, until it has its result or there is a reason to stop. */
  async finish<T>(work: Generator<void, T>, otherwise: T): Promise<T> {
    try {
      for (let sliceEnd = 0; ; ) {
        const { done, value } = work.next();
        if (done) return value;
        if (performance.now() < sliceEnd) continue;
        await breathe();
        const reason = this.reasonToStop();
        if (reason !== null) {
          this.stoppedBy ??= reason;
          return otherwise;
        }
        sliceEnd = performance.now() + SLICE_MS;
      }
    } catch (error) {
      if (error instanceof OutOfMemory) {
        this.stoppedBy ??= "memory";
        this.#stopNote ??= error.message;
      } else if (error instanceof Mistake) {
        this.stoppedBy ??= "mistake";
        this.#mistake ??= { mistake: error, trace: null };
      } else throw error;
      return otherwise;
    }
  }

  /** What was searched, and how far the search came. */
  result(): SearchResult {
    const { explorer } = this;
    const { model, chosen, instance } = this.#subject;
    return {
      model: model.name,
      title: model.title,
      scenario: chosen.scenario?.name ?? null,
      summary: chosen.scenario?.summary ?? null,
      parameters: chosen.parameters,
      faults: instance.faults,
      lanes: instance.lanes,
      search: explorer.search,
      complete: explorer.end === "complete",
      stoppedBy: this.stoppedBy,
      stopNote: this.#stopNote,
      states: explorer.store.count,
      transitions: explorer.transitions,
      depth: explorer.depth,
      mistake: this.#mistake,
      modelCalls: this.program.modelCalls,
      elapsedSeconds: this.#elapsedSeconds(),
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    };
  }

  /** Why to stop before the end, if there is a reason. */
  reasonToStop(): StoppedBy | null {
    const { signal, timeoutSeconds = Number.POSITIVE_INFINITY } = this.#options;
    if (signal?.aborted) return "interrupt";
    return this.#elapsedSeconds() >= timeoutSeconds ? "time" : null;
  }

  #elapsedSeconds(): number {
    return (performance.now() - this.#subject.started) / 1000;
  }
}
