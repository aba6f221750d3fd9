/**
 * Concurrency sets by their definition: every question is put to every reachable state, one by one. For
 * holding the sets of the checker against something too simple to be wrong.
 */
import type { ConcurrencyResult } from "../../src/check/index.js";
import type { Instance, StateRecord } from "../../src/model/index.js";
import { explore } from "./reference.js";

/** One local state of one process. */
export interface NaiveRow {
  readonly process: string;
  readonly state: string;
  readonly decided: readonly string[];
  readonly committable: boolean;
  /** `role: state`, sorted. */
  readonly concurrent: readonly string[];
  /** The level of the nearest state that shows each, or null. */
  readonly nearest: Readonly<Record<"commit" | "abort" | "uncommitted", number | null>>;
}

export function naiveConcurrency({ system, localStates }: Instance): NaiveRow[] {
  const { level } = explore(system)!;
  const states = [...level.keys()];
  const { processes, stateOf, hasDecided, voteOf } = localStates!;
  const everybody = processes.map((_, i) => i);
  const decisions = (s: StateRecord, i: number) =>
    ["commit", "abort"].filter((decision) => hasDecided(s, i, decision));

  // What those in the same state of a diagram have decided.
  const alike = new Map<string, Set<string>>();
  const key = (s: StateRecord, i: number) => `${processes[i]!.role} ${stateOf(s, i)}`;
  for (const s of states)
    for (const i of everybody)
      alike.set(key(s, i), (alike.get(key(s, i)) ?? new Set()).add(decisions(s, i).join()));
  const name = (s: StateRecord, i: number): string | null => {
    const state = stateOf(s, i);
    if (state === null || alike.get(key(s, i))!.size === 1) return state;
    return `${state} (${decisions(s, i).length ? `decided ${decisions(s, i).join(" and ")}` : "undecided"})`;
  };
  const named = new Map(states.map((s) => [s, everybody.map((i) => name(s, i))]));
  const voters = everybody.filter((i) => states.some((s) => voteOf(s, i) !== undefined));
  const allForCommit = (s: StateRecord) => voters.every((i) => voteOf(s, i) === "commit");
  const nearest = (those: readonly StateRecord[]) =>
    those.length === 0 ? null : Math.min(...those.map((s) => level.get(s)!));

  return everybody.flatMap((i) => {
    const names = new Set(states.map((s) => named.get(s)![i]!).filter((n) => n !== null));
    return [...names].map((state) => {
      const inIt = states.filter((s) => named.get(s)![i] === state);
      const others = everybody.filter((j) => j !== i);
      const up = (s: StateRecord) => others.filter((j) => stateOf(s, j) !== null);
      const beside = (decision: string) =>
        inIt.filter((s) => up(s).some((j) => hasDecided(s, j, decision)));
      return {
        process: processes[i]!.name,
        state,
        decided: decisions(inIt[0]!, i),
        committable: inIt.every(allForCommit),
        concurrent: [
          ...new Set(
            inIt.flatMap((s) => up(s).map((j) => `${processes[j]!.role}: ${named.get(s)![j]}`)),
          ),
        ].sort(),
        nearest: {
          commit: nearest(beside("commit")),
          abort: nearest(beside("abort")),
          uncommitted: nearest(inIt.filter((s) => !allForCommit(s))),
        },
      };
    });
  });
}

/** What the tables say, of each process by itself and without distances. */
export function rowsOf({ tables }: ConcurrencyResult): Omit<NaiveRow, "nearest">[] {
  return tables.flatMap(({ processes, states }) =>
    processes.flatMap((process) =>
      states.map(({ concurrent, ...row }) => ({
        process,
        ...row,
        concurrent: concurrent
          .flatMap(({ role, states }) => states.map((state) => `${role}: ${state}`))
          .sort(),
      })),
    ),
  );
}

/** `INIT: participants INIT`, a local state a line. */
export const linesOf = ({ tables }: ConcurrencyResult) =>
  tables.flatMap(({ states }) =>
    states.map(
      ({ state, concurrent }) =>
        `${state}: ${concurrent.map(({ role, states }) => `${role} ${states.join(" ")}`).join("; ")}`,
    ),
  );
