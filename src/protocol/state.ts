import { Map, Record, Set } from "immutable";
import type { Configuration } from "./configuration.js";
import type { FailureKind } from "./faults/faults.js";
import { emptyLink, type Link } from "./network/links.js";
import type { Message, Process } from "./process/message.js";
import { type LocalRecord, type StableRecord, Step } from "./process/step.js";

/** A protocol's processes and all that is between them, as the state of a transition system. */
export class ProtocolState extends Record(
  {
    /** The volatile record of each process that is up; one that is down has none. */
    local: Map<Process, LocalRecord>(),
    stable: Map<Process, StableRecord>(),
    /** By receiver, then by sender. A link that carries nothing is empty. */
    mailboxes: Map<Process, Map<Process, Link>>(),
    /** The same, of messages that have missed their round. */
    overdue: Map<Process, Map<Process, Link>>(),
    /** By receiver: those from whom nothing gets through at present. */
    severed: Map<Process, Set<Process>>(),
    /** Whom each process's timer waits for; nobody where it is not running. */
    awaiting: Map<Process, Set<Process>>(),
    /** What each process takes no notice of any more. */
    ignored: Map<Process, Set<Message>>(),
    /** History: what each process has voted or proposed. */
    proposals: Map<Process, unknown>(),
    /** History: all that each process has ever decided; a crash does not undo it. */
    decisions: Map<Process, Set<unknown>>(),
    /** Of a round that is ending, where in the list of processes its last tick was, from 1; else 0. */
    wave: 0,
    /** Those whose clocks have struck before the end of the round. */
    ahead: Set<Process>(),
    /** What may still go wrong, by allowance. */
    budgets: Map<string, number>(),
    /** By allowance, where they are counted: those whom it has struck. */
    victims: Map<string, Set<Process>>(),
    /** By failure: those in whom it has set in for good. */
    afflicted: Map<FailureKind, Set<Process>>(),
    /** History: those who have done what no rule of theirs says. */
    deviated: Set<Process>(),
    /** History: all that anybody has said, where liars go by that. */
    said: Set<Message>(),
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
    overdue: config.mayBeOverdue ? byProcess(() => emptyMailbox(config)) : Map(),
    severed: config.allows("partition", "one-way-partition") ? byProcess(() => Set()) : Map(),
    awaiting: first.map(({ awaited }) => awaited),
    ignored: byProcess(() => Set()),
    decisions: byProcess(() => Set()),
    budgets: Map(config.allowances.map(({ name, first }) => [name, first])),
    victims: Map(
      config.allowances
        .filter(({ atMost, budget }) => atMost !== null && budget !== "permanent")
        .map(({ name }) => [name, Set()]),
    ),
    afflicted: Map(
      config.allowances
        .filter(({ budget }) => budget === "permanent")
        .map(({ kind }) => [kind, Set()]),
    ),
  });
}

export function emptyMailbox(config: Configuration): Map<Process, Link> {
  return Map(config.processes.map((from) => [from, emptyLink(config)]));
}

export const NOBODY: Set<Process> = Set();

/** Whether the process is running. */
export const isUp = (s: ProtocolState, p: Process) => s.local.has(p);

/** The process as its handlers find it: the beginning of a step. */
export function stepOf(s: ProtocolState, p: Process): Step {
  return new Step(p, s.local.get(p)!, s.stable.get(p)!, s.awaiting.get(p)!);
}
