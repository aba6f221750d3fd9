import { type Map, Set } from "immutable";
import type { Configuration } from "./configuration.js";
import { somethingSpent } from "./faults/budgets.js";
import { copiesOf, linkBetween } from "./network/links.js";
import type { Message, Process } from "./process/message.js";
import type { LocalRecord, StableRecord } from "./process/step.js";
import { isUp, NOBODY, type ProtocolState } from "./state.js";

/**
 * What a property sees of a protocol's state: enough to claim something of any protocol, and nothing of
 * how the state is kept.
 */
export interface Observer {
  readonly processes: readonly Process[];
  /** The processes of a role. */
  inRole(name: string): readonly Process[];
  isUp(s: ProtocolState, p: Process): boolean;
  /** The process's local record; undefined when it is down. */
  localOf(s: ProtocolState, p: Process): LocalRecord | undefined;
  stableOf(s: ProtocolState, p: Process): StableRecord;
  /** All that the process has ever decided, whether it has crashed since or not. */
  decisionsOf(s: ProtocolState, p: Process): Set<unknown>;
  /** Whether any process that can be trusted has ever decided this. */
  someDecided(s: ProtocolState, decision: unknown): boolean;
  /** What the process has voted or proposed; undefined while it has not. */
  proposalOf(s: ProtocolState, p: Process): unknown;
  /** Whom the process's timer waits for. */
  awaitedBy(s: ProtocolState, p: Process): Set<Process>;
  /** The messages under way from one process to another. */
  underWay(s: ProtocolState, from: Process, to: Process): Map<Message, number>;
  /**
   * Whether the process has kept to its rules so far. Of one that has not (a wrong value, a wrong step, a
   * lie) nothing can be claimed.
   */
  isTrusted(s: ProtocolState, p: Process): boolean;
  /** Whether anything has failed, or a process has been suspected wrongly. */
  somethingFailed(s: ProtocolState): boolean;
}

export function observe(config: Configuration): Observer {
  const isTrusted = (s: ProtocolState, p: Process) => !config.mayDeviate || !s.deviated.has(p);
  return {
    processes: config.processes,
    inRole: (name) => config.roles.find((role) => role.name === name)?.processes ?? [],
    isUp,
    localOf: (s, p) => s.local.get(p),
    stableOf: (s, p) => s.stable.get(p)!,
    decisionsOf: (s, p) => s.decisions.get(p) ?? Set(),
    someDecided: (s, decision) =>
      config.processes.some((p) => s.decisions.get(p)!.has(decision) && isTrusted(s, p)),
    proposalOf: (s, p) => s.proposals.get(p),
    awaitedBy: (s, p) => s.awaiting.get(p) ?? NOBODY,
    underWay: (s, from, to) => copiesOf(linkBetween(s, from, to)),
    isTrusted,
    somethingFailed: (s) => s.falseAlarm || somethingSpent(s, config),
  };
}
