/**
 * A second meaning of the same random protocols, as plain as can be: every effect of a handler, and every
 * single send of a broadcast, is a step of its own, and the process may crash between any two. The states
 * in between are walked through and not counted; what is left must be what the lowering reaches.
 */
import type { Setting } from "../../src/protocol/index.js";
import {
  type Act,
  type Alternative,
  MESSAGES,
  PROCESSES,
  type RandomProtocol,
  type State,
} from "./random-protocol.js";

const ALL = PROCESSES.map((_, i) => i);

interface Plain {
  /** null: down. */
  readonly local: (State | null)[];
  readonly stable: State[];
  /** [to][from][message type] */
  readonly mail: Record<string, number>[][];
  readonly awaiting: number[][];
  crashes: number;
  recoveries: number;
  suspicious: boolean;
}

export interface Allowed {
  readonly crashes: number;
  readonly recoveries: number;
  readonly detection: Setting["detect"];
}

/** Every state that can be reached between two steps, as text. */
export function reachedInMicroSteps(protocol: RandomProtocol, allowed: Allowed): Set<string> {
  const first: Plain = {
    local: ALL.map(() => "A"),
    stable: ALL.map(() => "A"),
    mail: ALL.map(() => ALL.map(() => ({}))),
    awaiting: ALL.map(() => []),
    crashes: allowed.crashes,
    recoveries: allowed.recoveries,
    suspicious: false,
  };
  const reached = new Map([[textOf(first, allowed), first]]);
  for (const state of reached.values())
    for (const next of stepsFrom(protocol, state, allowed)) {
      const text = textOf(next, allowed);
      if (!reached.has(text)) reached.set(text, next);
    }
  return new Set(reached.keys());
}

function stepsFrom(protocol: RandomProtocol, s: Plain, allowed: Allowed): Plain[] {
  const found: Plain[] = [];
  for (const p of ALL) {
    const { on, recover } = protocol[p]!;
    const state = s.local[p]!;
    if (state === null) {
      if (s.recoveries > 0) {
        const up = structuredClone(s);
        up.recoveries--;
        up.local[p] = "A";
        found.push(...runs(up, p, recover[s.stable[p]!]));
      }
      for (const from of ALL)
        for (const message of Object.keys(s.mail[p]![from]!))
          found.push(taken(s, p, from, message));
      continue;
    }
    found.push(...crash(s, p));
    found.push(...runs(s, p, on.start?.[state] ?? []));
    for (const from of ALL)
      for (const message of MESSAGES)
        if (s.mail[p]![from]![message]) {
          const row = on[message];
          const alternatives = row ? (row[state] ?? []) : [{ next: state, acts: [] }];
          if (alternatives.length > 0)
            found.push(...runs(taken(s, p, from, message), p, alternatives));
        }
    for (const q of s.awaiting[p]!) {
      const down = s.local[q] === null;
      // What it leaves in its mailbox for later is no sign of life.
      const silent = MESSAGES.every((message) => {
        const row = on[message];
        return !s.mail[p]![q]![message] || (row !== undefined && (row[state] ?? []).length === 0);
      });
      const alternatives = on.timeout?.[state] ?? [];
      if (alternatives.length === 0) continue;
      if (allowed.detection === "perfect" && !(down && silent)) continue;
      const after = structuredClone(s);
      if (!down) after.suspicious = true;
      found.push(...runs(after, p, alternatives));
    }
  }
  return found;
}

function runs(s: Plain, p: number, alternatives: readonly Alternative[]): Plain[] {
  return alternatives.flatMap(({ next, acts }) => run(s, p, next, acts));
}

/** Everywhere the rest of a step can end: done, or down after any number of acts. */
function run(s: Plain, p: number, next: State, acts: readonly Act[]): Plain[] {
  const ends = crash(s, p);
  const [act, ...rest] = acts;
  if (act === undefined) {
    const done = structuredClone(s);
    done.local[p] = next;
    return [...ends, done];
  }
  const after = structuredClone(s);
  switch (act.act) {
    case "write":
      after.stable[p] = act.state;
      return [...ends, ...run(after, p, next, rest)];
    case "await":
      after.awaiting[p] = [...act.whom].sort();
      return [...ends, ...run(after, p, next, rest)];
    case "send":
      if (act.to.length === 0) return run(s, p, next, rest);
      return [
        ...ends,
        ...act.to.flatMap((to) => {
          const sent = structuredClone(s);
          const link = sent.mail[to]![p]!;
          link[act.message] = (link[act.message] ?? 0) + 1;
          return run(sent, p, next, [{ ...act, to: act.to.filter((q) => q !== to) }, ...rest]);
        }),
      ];
  }
}

function crash(s: Plain, p: number): Plain[] {
  if (s.crashes === 0) return [];
  const down = structuredClone(s);
  down.crashes--;
  down.local[p] = null;
  down.awaiting[p] = [];
  return [down];
}

function taken(s: Plain, to: number, from: number, message: string): Plain {
  const after = structuredClone(s);
  const link = after.mail[to]![from]!;
  link[message]!--;
  if (link[message] === 0) delete link[message];
  return after;
}

/** One text for the states that nobody can tell apart. */
function textOf(s: Plain, allowed: Allowed): string {
  return textOfParts({
    ...s,
    mail: s.mail.map((mailbox, to) =>
      mailbox.map((link) => (s.local[to] === null && s.recoveries === 0 ? {} : link)),
    ),
    failed: s.suspicious || s.crashes < allowed.crashes,
  });
}

/** What both meanings of a protocol say of a state. */
export interface Parts {
  readonly local: readonly (string | null)[];
  readonly stable: readonly string[];
  readonly mail: readonly (readonly Readonly<Record<string, number>>[])[];
  readonly awaiting: readonly (readonly number[])[];
  readonly crashes: number;
  readonly recoveries: number;
  readonly failed: boolean;
}

export function textOfParts(parts: Parts): string {
  const { local, stable, mail, awaiting, crashes, recoveries, failed } = parts;
  const links = mail.map((box) => box.map((link) => Object.entries(link).sort()));
  return JSON.stringify([local, stable, links, awaiting, crashes, recoveries, failed]);
}
