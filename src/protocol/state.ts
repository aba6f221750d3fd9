import { Map, Record, Set } from "immutable";
import type { Configuration } from "./configuration.js";
import type { Message, Process } from "./message.js";
import { type LocalRecord, type StableRecord, Step } from "./step.js";

/** Messages under way from one process to another, in no order, with how many there are of each. */
export type Link = Map<Message, number>;

/** A protocol's processes and all that is between them, as the state of a transition system. */
export class ProtocolState extends Record(
  {
    /** The volatile record of each process that is up; one that is down has none. */
    local: Map<Process, LocalRecord>(),
    stable: Map<Process, StableRecord>(),
    /** By receiver, then by sender. A link that carries nothing is an empty map. */
    mailboxes: Map<Process, Map<Process, Link>>(),
    /** Whom each process's timer waits for; nobody where it is not running. */
    awaiting: Map<Process, Set<Process>>(),
    /** What each process takes no notice of any more. */
    ignored: Map<Process, Set<Message>>(),
    /** History: what each process has voted or proposed. */
    proposals: Map<Process, unknown>(),
    /** History: all that each process has ever decided; a crash does not undo it. */
    decisions: Map<Process, Set<unknown>>(),
    /** What may still go wrong, by allowance. */
    budgets: Map<string, number>(),
    /** History: a process was suspected that was up. */
    falseAlarm: false,
  },
  "ProtocolState",
) {}

/** Before anything has happened. */
export function initialState(config: Configuration): ProtocolState {
  const byProcess = <V>(value: (p: Process) => V) =>
    Map(config.processes.map((p) => [p, value(p)] as const));
  const first = byProcess((p) => {
    const { local, stable, initially } = config.roleOf(p);
    return initially(new Step(p, local, stable, NOBODY));
  });
  return new ProtocolState({
    local: first.map(({ local }) => local),
    stable: first.map(({ stable }) => stable),
    mailboxes: byProcess(() => emptyMailbox(config)),
    awaiting: first.map(({ awaited }) => awaited),
    ignored: byProcess(() => Set()),
    decisions: byProcess(() => Set()),
    budgets: Map(config.allowances.map(({ name, budget }) => [name, budget])),
  });
}

export function emptyMailbox({ processes }: Configuration): Map<Process, Link> {
  return Map(processes.map((from) => [from, Map()]));
}

export const NOBODY: Set<Process> = Set();

/** Whether the process is running. */
export const isUp = (s: ProtocolState, p: Process) => s.local.has(p);

/** The process as its handlers find it: the beginning of a step. */
export function stepOf(s: ProtocolState, p: Process): Step {
  return new Step(p, s.local.get(p)!, s.stable.get(p)!, s.awaiting.get(p)!);
}
