import type { Explorer } from "../engine/explorer.js";
import type { LocalStates, StateRecord } from "../model/index.js";
import { Classifier } from "./classifier.js";

/** What a commit protocol decides. */
export type Decision = "commit" | "abort";
export const DECISIONS = ["commit", "abort"] as const satisfies readonly Decision[];

/** What one process shows in a global state. */
export interface Posture {
  /** null while it is down. */
  readonly state: string | null;
  readonly decided: readonly Decision[];
  readonly vote: "none" | "commit" | "other";
}

/** What all of the processes show in some global state, and the first one found in which they do. */
export interface Occupancy {
  /** By process. */
  readonly postures: readonly Posture[];
  readonly state: number;
}

/** The different occupancies of the states that an exploration finds, as it finds them. */
export class Occupancies {
  /**
   * In the order of their states: under breadth-first search each comes with a state as near to the
   * beginning as any that has it.
   */
  readonly found: Occupancy[] = [];
  readonly #explorer: Explorer;
  readonly #classifiers: readonly Classifier<Posture>[];
  readonly #seen = new Set<string>();
  #next = 0;

  constructor(explorer: Explorer, localStates: LocalStates) {
    this.#explorer = explorer;
    this.#classifiers = localStates.processes.map(
      ({ name }, i) =>
        new Classifier(explorer, `local state of ${name}`, (s) => postureOf(localStates, s, i)),
    );
  }

  /**
   * Looks at the states found since the last time.
   * @yields now and then
   * @throws Mistake (claim-threw)
   */
  *follow(): Generator<void> {
    const { store } = this.#explorer;
    for (; this.#next < store.count; this.#next++) {
      this.#look(this.#next);
      if ((this.#next & 0xff) === 0xff) yield;
    }
  }

  #look(state: number): void {
    const numbers = this.#classifiers.map((classifier) => classifier.numberOf(state));
    const key = numbers.join();
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const postures = numbers.map((number, i) => this.#classifiers[i]!.values[number]!);
    this.found.push({ postures, state });
  }
}

function postureOf(localStates: LocalStates, s: StateRecord, process: number): Posture {
  const state = localStates.stateOf(s, process);
  if (typeof state !== "string" && state !== null)
    throw new TypeError(`\`stateOf\` returned ${String(state)}, neither a name nor null`);
  const vote = localStates.voteOf(s, process);
  return {
    state,
    decided: DECISIONS.filter((decision) => localStates.hasDecided(s, process, decision)),
    vote: vote === undefined ? "none" : vote === "commit" ? "commit" : "other",
  };
}
