/**
 * The two conditions of the fundamental nonblocking theorem, and what follows from them.
 *
 * Source: D. Skeen, "Nonblocking commit protocols", SIGMOD 1981. A protocol is nonblocking if
 * and only if for every participating process (1) no local state has both an abort and a commit state in
 * its concurrency set, and (2) no noncommittable state has a commit state in it. Corollary: as long as no
 * more than k - 1 processes fail, it is nonblocking if and only if some k of them obey both.
 */
import type { RoleMember } from "../model/index.js";
import type { ConcurrencySets, ProcessState, Sight } from "./concurrency-sets.js";

/** What a global state shows: another process in a commit or abort state, or a vote that is not in. */
export type Shown = "commit" | "abort" | "uncommitted";

/** A process in a local state, and the first global state that shows something of it. */
export interface Witnessed {
  readonly process: number;
  readonly state: string;
  readonly shows: Shown;
  readonly sight: Sight;
}

/** A condition on local states. */
export interface Condition {
  readonly name: string;
  readonly claims: string;
  /** The two that together violate it. */
  readonly forbidden: readonly [Shown, Shown];
}

export const CONDITIONS: readonly Condition[] = [
  {
    name: "condition-1",
    claims: "no local state has both an abort and a commit state in its concurrency set",
    forbidden: ["commit", "abort"],
  },
  {
    name: "condition-2",
    claims: "no noncommittable state has a commit state in its concurrency set",
    forbidden: ["commit", "uncommitted"],
  },
];

/** What shows that a local state violates the condition; null when it does not. */
function shownBy({ forbidden }: Condition, state: ProcessState): readonly Witnessed[] | null {
  const witnesses = forbidden.flatMap((shows) => {
    const sight = shows === "uncommitted" ? state.uncommitted : state.beside[shows];
    return sight ? [{ process: state.process, state: state.name, shows, sight }] : [];
  });
  return witnesses.length === forbidden.length ? witnesses : null;
}

/** A local state of a role that violates a condition, whichever of its processes do. */
export interface StateViolation {
  readonly role: string;
  readonly state: string;
  readonly processes: readonly number[];
  /** What shows it of the first of them. */
  readonly witnesses: readonly Witnessed[];
}

export function violationsOf(
  condition: Condition,
  processes: readonly RoleMember[],
  { states }: ConcurrencySets,
): StateViolation[] {
  const violations = new Map<string, StateViolation>();
  for (const entry of states.flat()) {
    const witnesses = shownBy(condition, entry);
    if (witnesses === null) continue;
    const { role } = processes[entry.process]!;
    const key = JSON.stringify([role, entry.name]);
    const known = violations.get(key);
    violations.set(key, {
      role,
      state: entry.name,
      processes: [...(known?.processes ?? []), entry.process],
      witnesses: known?.witnesses ?? witnesses,
    });
  }
  return [...violations.values()];
}

/** The processes none of whose local states violates a condition. */
export function obeying({ states }: ConcurrencySets): readonly number[] {
  return states.flatMap((ofProcess, i) =>
    ofProcess.some((state) => CONDITIONS.some((condition) => shownBy(condition, state))) ? [] : [i],
  );
}

/** A process in a commit state beside one in an abort state, as near as there is; null if there is none. */
export function disagreementIn({ states }: ConcurrencySets): Witnessed | null {
  let nearest: Witnessed | null = null;
  for (const { process, name, decided, beside } of states.flat()) {
    const { abort } = beside;
    if (!decided.includes("commit") || abort === null) continue;
    if (nearest === null || abort.state < nearest.sight.state)
      nearest = { process, state: name, shows: "abort", sight: abort };
  }
  return nearest;
}

/** Why the theorem says nothing of a model. */
export type NotApplicable = "failures" | "disagreement" | "no-commit" | "no-abort" | "no-votes";
export type Conclusion = "nonblocking" | "blocking" | "undecided" | NotApplicable;

/** What the theorem says. */
export function conclusionOf(
  sets: ConcurrencySets,
  given: {
    readonly withFailures: boolean;
    readonly complete: boolean;
    readonly disagrees: boolean;
    readonly violated: boolean;
  },
): Conclusion {
  if (given.disagrees) return "disagreement";
  if (given.withFailures) return "failures";
  const missing = missingIn(sets);
  // What has not been found yet may still come.
  if (missing !== null) return given.complete ? missing : "undecided";
  if (given.violated) return "blocking";
  return given.complete ? "nonblocking" : "undecided";
}

/** What every commit protocol can do, and this one does in no state. */
function missingIn({ states, voters }: ConcurrencySets): NotApplicable | null {
  const decides = (decision: "commit" | "abort") =>
    states.flat().some(({ decided }) => decided.includes(decision));
  if (!decides("commit")) return "no-commit";
  if (!decides("abort")) return "no-abort";
  return voters.length === 0 ? "no-votes" : null;
}
