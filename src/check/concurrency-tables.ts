import type { RoleMember } from "../model/index.js";
import type { LocalStateRow, LocalStateTable } from "./concurrency-result.js";
import type { ConcurrencySets, ProcessState } from "./concurrency-sets.js";

/** A table for each role, or for each of the groups of its processes that have the same sets. */
export function tablesOf(
  processes: readonly RoleMember[],
  { states }: ConcurrencySets,
): LocalStateTable[] {
  const tables = new Map<string, LocalStateTable & { readonly processes: string[] }>();
  for (const [i, { name, role }] of processes.entries()) {
    const rows = states[i]!.map(rowOf);
    const key = JSON.stringify([role, rows]);
    const table = tables.get(key) ?? { role, processes: [], states: rows };
    table.processes.push(name);
    tables.set(key, table);
  }
  return [...tables.values()];
}

function rowOf({ name, decided, uncommitted, concurrent }: ProcessState): LocalStateRow {
  return {
    state: name,
    decided,
    committable: uncommitted === null,
    concurrent: [...concurrent].map(([role, states]) => ({ role, states: [...states] })),
  };
}
