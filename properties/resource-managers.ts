/**
 * What atomic commitment claims, over the only thing that it needs to see: the state of each
 * resource manager. This is the TCommit specification of Gray & Lamport, "Consensus on Transaction
 * Commit", section 2, taken apart into an invariant, a claim about steps, and two good states that
 * keep a protocol that does nothing from passing.
 */
import type { Map } from "immutable";
import { always, alwaysStep, type Identity, sometimes } from "../src/model/index.js";

export type ResourceManagerState = "working" | "prepared" | "committed" | "aborted";

export interface HasResourceManagers {
  readonly rmState: Map<Identity<"rm">, ResourceManagerState>;
}

const committed = (state: ResourceManagerState) => state === "committed";
const aborted = (state: ResourceManagerState) => state === "aborted";

/** No resource manager has committed while another has aborted. */
export const consistency = () =>
  always<HasResourceManagers>(
    "agreement",
    (s) => !(s.rmState.some(committed) && s.rmState.some(aborted)),
    { claims: "no resource manager has committed while another has aborted" },
  );

/** A resource manager that has committed or aborted stays so, and one that has aborted never prepares. */
export const decidesOnce = (rms: Iterable<Identity<"rm">>) =>
  alwaysStep<HasResourceManagers, Identity<"rm">>(
    "irrevocability",
    (before, after, rm) => {
      const state = before.rmState.get(rm)!;
      return !(committed(state) || aborted(state)) || after.rmState.get(rm) === state;
    },
    { by: rms, claims: "a resource manager that has decided never changes its decision" },
  );

export const mayCommit = () =>
  sometimes<HasResourceManagers>("may-commit", (s) => s.rmState.every(committed), {
    claims: "all resource managers can commit",
  });

export const mayAbort = () =>
  sometimes<HasResourceManagers>("may-abort", (s) => s.rmState.every(aborted), {
    claims: "all resource managers can abort",
  });
