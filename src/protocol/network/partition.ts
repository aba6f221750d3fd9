/**
 * The network falls into two sides between which nothing gets through, or only in one direction. What
 * is under way across, and what is sent across, may be lost, or arrives once all is whole again.
 */
import { Set } from "immutable";
import type { Configuration } from "../configuration.js";
import { affordable } from "../faults/budgets.js";
import { ANYBODY } from "../faults/faults.js";
import type { Process } from "../process/message.js";
import type { ProtocolState } from "../state.js";

/** Nothing from `from` reaches `to`. */
export interface Split {
  /** Whom the failure strikes. */
  readonly struck: Process;
  readonly from: readonly Process[];
  readonly to: readonly Process[];
  readonly oneWay: boolean;
}

export type PartitionKind = "partition" | "one-way-partition";

/** Every way in which the processes may fall apart: any two sides, or one process and the others. */
export function splitsOf(config: Configuration, kind: PartitionKind): readonly Split[] {
  const { processes } = config;
  const [first] = processes as [Process];
  const oneWay = kind === "one-way-partition";
  const against = (side: readonly Process[], struck: Process): Split => ({
    struck,
    from: side,
    to: processes.filter((p) => !side.includes(p)),
    oneWay,
  });
  if (config.allowances.some((a) => a.kind === kind && a.who === ANYBODY)) {
    const sides = properSubsets(processes);
    // Both ways, the two sides can be named in either order; let the first process's be the first.
    return (oneWay ? sides : sides.filter((side) => side.includes(first))).map((side) =>
      against(side, first),
    );
  }
  const alone = config.subjectTo(kind).map((p) => against([p], p));
  if (!oneWay) return alone;
  return alone.flatMap((split) => [split, { ...split, from: split.to, to: split.from }]);
}

/** Whether nothing from one process reaches the other at present. */
export function isSevered(
  s: ProtocolState,
  config: Configuration,
  from: Process,
  to: Process,
): boolean {
  return config.allows("partition", "one-way-partition") && s.severed.get(to)!.has(from);
}

/** Whether nothing from one process will ever reach the other again. */
export function isSeveredForGood(
  s: ProtocolState,
  config: Configuration,
  from: Process,
  to: Process,
): boolean {
  return isSevered(s, config, from, to) && !mayHeal(s, config);
}

export function mayHeal(s: ProtocolState, config: Configuration): boolean {
  return config.allows("heal") && affordable(s, config, "heal", config.processes[0]!);
}

/** Cuts the links of a split. */
export function severed(s: ProtocolState, { from, to, oneWay }: Split): ProtocolState {
  const cut = (state: ProtocolState, p: Process, others: readonly Process[]) =>
    state.setIn(["severed", p], state.severed.get(p)!.union(others));
  const oneDirection = to.reduce((state, p) => cut(state, p, from), s);
  return oneWay ? oneDirection : from.reduce((state, p) => cut(state, p, to), oneDirection);
}

/** Whether a split would cut anything that is not cut already. */
export function cutsAnything(s: ProtocolState, { from, to, oneWay }: Split): boolean {
  const open = (p: Process, q: Process) => !s.severed.get(q)!.has(p);
  return from.some((p) => to.some((q) => open(p, q) || (!oneWay && open(q, p))));
}

export function healed(s: ProtocolState, { processes }: Configuration): ProtocolState {
  return processes.reduce<ProtocolState>((state, p) => state.setIn(["severed", p], Set()), s);
}

export function isPartitioned(s: ProtocolState, { processes }: Configuration): boolean {
  return processes.some((p) => !s.severed.get(p)!.isEmpty());
}

function properSubsets<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: 2 ** items.length - 2 }, (_, i) =>
    items.filter((_, bit) => ((i + 1) & (1 << bit)) !== 0),
  );
}
