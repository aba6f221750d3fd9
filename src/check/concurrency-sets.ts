/**
 * Concurrency sets and committable states, from what the processes of a protocol show together.
 *
 * Source: D. Skeen, "Nonblocking commit protocols", SIGMOD 1981.
 */
import type { RoleMember } from "../model/index.js";
import type { Decision, Occupancy, Posture } from "./occupancy.js";

/** A global state that shows something of a process in a local state, by what another one is in there. */
export interface Sight {
  readonly state: number;
  /** The other process, by position. */
  readonly other: number;
  /** Its local state; null while it is down. */
  readonly otherState: string | null;
}

/** All that is known of one local state of one process. */
export interface ProcessState {
  readonly process: number;
  readonly name: string;
  readonly decided: readonly Decision[];
  /** By role, the local states that other processes are in at the same time. */
  readonly concurrent: ReadonlyMap<string, ReadonlySet<string>>;
  /** The first global state in which another process is in a commit state, or an abort state. */
  readonly beside: Readonly<Record<Decision, Sight | null>>;
  /** The first global state in which a voter has not voted for commit; null if committable. */
  readonly uncommitted: Sight | null;
}

interface Growing extends ProcessState {
  readonly concurrent: Map<string, Set<string>>;
  readonly beside: Record<Decision, Sight | null>;
  uncommitted: Sight | null;
}

export interface ConcurrencySets {
  /** Positions of the processes that vote in some state. */
  readonly voters: readonly number[];
  /** By process, its local states in the order in which those of its role were first occupied. */
  readonly states: readonly (readonly ProcessState[])[];
}

/** @param occupancies in the order of their states */
export function concurrencySets(
  processes: readonly RoleMember[],
  occupancies: readonly Occupancy[],
): ConcurrencySets {
  const names = new Names(processes, occupancies);
  const voters = processes.flatMap((_, i) =>
    occupancies.some(({ postures }) => postures[i]!.vote !== "none") ? [i] : [],
  );
  const states = processes.map(() => new Map<string, Growing>());
  for (const { postures, state } of occupancies) {
    const here = postures.map((posture, i) => names.of(i, posture));
    const notForCommit = voters.find((voter) => postures[voter]!.vote !== "commit");
    for (const [process, name] of here.entries()) {
      if (name === null) continue;
      const { decided } = postures[process]!;
      const entry = states[process]!.get(name) ?? nothingKnown(process, name, decided);
      states[process]!.set(name, entry);
      if (notForCommit !== undefined)
        entry.uncommitted ??= { state, other: notForCommit, otherState: here[notForCommit]! };
      for (const [other, otherState] of here.entries()) {
        if (other === process || otherState === null) continue;
        const { role } = processes[other]!;
        const those = entry.concurrent.get(role) ?? new Set();
        entry.concurrent.set(role, those.add(otherState));
        for (const decision of postures[other]!.decided)
          entry.beside[decision] ??= { state, other, otherState };
      }
    }
  }
  return {
    voters,
    states: states.map((known, i) =>
      names.inRole(processes[i]!.role).flatMap((name) => {
        const entry = known.get(name);
        return entry ? [{ ...entry, concurrent: inOrder(entry.concurrent, processes, names) }] : [];
      }),
    ),
  };
}

function nothingKnown(process: number, name: string, decided: readonly Decision[]): Growing {
  const beside = { commit: null, abort: null };
  return { process, name, decided, concurrent: new Map(), beside, uncommitted: null };
}

/** Roles in the order of the processes, states as they were first occupied: the same for equal sets. */
function inOrder(
  sets: ReadonlyMap<string, ReadonlySet<string>>,
  processes: readonly RoleMember[],
  names: Names,
): ReadonlyMap<string, ReadonlySet<string>> {
  const roles = [...new Set(processes.map(({ role }) => role))].filter((role) => sets.has(role));
  return new Map(
    roles.map((role) => [
      role,
      new Set(names.inRole(role).filter((name) => sets.get(role)!.has(name))),
    ]),
  );
}

/**
 * The names of local states: as the diagram has them, with the decision where it leaves open whether one
 * has been made. (One that was told before it was logged is forgotten in a crash, and still was made.)
 */
class Names {
  readonly #processes: readonly RoleMember[];
  /** By role and state of the diagram: what those in it have decided, each as a text. */
  readonly #decided = new Map<string, Map<string, Set<string>>>();
  readonly #inRole = new Map<string, Set<string>>();

  constructor(processes: readonly RoleMember[], occupancies: readonly Occupancy[]) {
    this.#processes = processes;
    for (const { postures } of occupancies)
      for (const [i, { state, decided }] of postures.entries()) {
        if (state === null) continue;
        const { role } = processes[i]!;
        const ofRole = this.#decided.get(role) ?? new Map<string, Set<string>>();
        this.#decided.set(
          role,
          ofRole.set(state, (ofRole.get(state) ?? new Set()).add(`${decided}`)),
        );
      }
    for (const { postures } of occupancies)
      for (const [i, posture] of postures.entries()) {
        const name = this.of(i, posture);
        if (name === null) continue;
        const { role } = processes[i]!;
        this.#inRole.set(role, (this.#inRole.get(role) ?? new Set()).add(name));
      }
  }

  /** null while the process is down. */
  of(process: number, { state, decided }: Posture): string | null {
    if (state === null) return null;
    const { role } = this.#processes[process]!;
    if (this.#decided.get(role)!.get(state)!.size === 1) return state;
    return `${state} (${decided.length === 0 ? "undecided" : `decided ${decided.join(" and ")}`})`;
  }

  /** In the order in which they were first occupied. */
  inRole(role: string): readonly string[] {
    return [...(this.#inRole.get(role) ?? [])];
  }
}
