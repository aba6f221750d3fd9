import type { LocalStates } from "../model/index.js";
import type { Configuration } from "./configuration.js";
import type { Observer } from "./observer.js";
import type { ProtocolState } from "./state.js";

/** The processes of a protocol, as the diagrams of their roles name what they do. */
export function localStatesOf(
  config: Configuration,
  { processes, localOf, decisionsOf, proposalOf }: Observer,
): LocalStates<ProtocolState> {
  return {
    processes: processes.map((p) => ({ name: p.name, role: config.roleOf(p).name })),
    stateOf: (s, i) => localOf(s, processes[i]!)?.state ?? null,
    hasDecided: (s, i, decision) => decisionsOf(s, processes[i]!).has(decision),
    voteOf: (s, i) => proposalOf(s, processes[i]!),
  };
}
