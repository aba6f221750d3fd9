/**
 * Resource managers as processes that decide: one that is committed or aborted has decided so. With this
 * a plain transition system is held to the same claims as a protocol; together they are the TCommit
 * specification of Gray & Lamport, "Consensus on Transaction Commit", section 2.
 */
import { type Map, Set } from "immutable";
import type { Identity, LocalStates } from "../src/model/index.js";
import { ABORT, COMMIT, type Deciding } from "./deciding.js";

export type ResourceManager = Identity<"rm">;
export type ResourceManagerState = "working" | "prepared" | "committed" | "aborted";

export interface HasResourceManagers {
  readonly rmState: Map<ResourceManager, ResourceManagerState>;
}

const DECISIONS: Readonly<Record<ResourceManagerState, Set<unknown>>> = {
  working: Set(),
  prepared: Set(),
  committed: Set([COMMIT]),
  aborted: Set([ABORT]),
};

export const resourceManagers = (
  rms: Iterable<ResourceManager>,
): Deciding<HasResourceManagers, ResourceManager> => ({
  processes: [...rms],
  decisionsOf: (s, rm) => DECISIONS[s.rmState.get(rm)!],
  someDecided: (s, decision) => s.rmState.some((state) => DECISIONS[state].has(decision)),
});

const decidedIn = (state: ResourceManagerState | HasManagers["tmState"]) =>
  state === "init" ? DECISIONS.working : DECISIONS[state];

/** Resource managers together with the transaction manager (TM), which decides for them. */
export interface HasManagers extends HasResourceManagers {
  readonly tmState: "init" | "committed" | "aborted";
}

/** What each of the managers is doing, the TM first. @param hasVoted whether a resource manager has prepared */
export function managersAtWork<S extends HasManagers>(
  rms: Iterable<ResourceManager>,
  hasVoted: (s: S, rm: ResourceManager) => boolean,
): LocalStates<S> {
  const tm = { name: "TM", role: "TM", stateOf: (s: S) => s.tmState, voteOf: () => undefined };
  const managers = [...rms].map((rm) => ({
    name: rm.name,
    role: "RMs",
    stateOf: (s: S) => s.rmState.get(rm)!,
    voteOf: (s: S) => (hasVoted(s, rm) ? COMMIT : undefined),
  }));
  const all = [tm, ...managers];
  return {
    processes: all.map(({ name, role }) => ({ name, role })),
    stateOf: (s, i) => all[i]!.stateOf(s),
    hasDecided: (s, i, decision) => decidedIn(all[i]!.stateOf(s)).has(decision),
    voteOf: (s, i) => all[i]!.voteOf(s),
  };
}
