/**
 * Resource managers as processes that decide: one that is committed or aborted has decided so. With this
 * a plain transition system is held to the same claims as a protocol; together they are the TCommit
 * specification of Gray & Lamport, "Consensus on Transaction Commit", section 2.
 */
import { type Map, Set } from "immutable";
import type { Identity } from "../src/model/index.js";
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
