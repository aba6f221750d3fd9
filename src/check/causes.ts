/**
 * Which steps of a counterexample led up to its violation: Lamport's "happened before" ("Time, Clocks,
 * and the Ordering of Events in a Distributed System", 1978) over its messages and the order of steps in
 * each process, and besides, a failure happened before whatever is noticed of it.
 */
import type { PropertyKind, StepEvent } from "../model/index.js";
import { type Journey, journeysOf } from "./journeys.js";
import type { Trace } from "./result.js";

/**
 * The positions in the trace of the steps that happened before the violation or are it, the others having nothing
 * to do with it. Null where the steps tell nothing of themselves.
 *
 * @param concerned the processes that the violation is about; the last step is part of it in any case
 */
export function causesOf(
  trace: Trace,
  kind: PropertyKind,
  concerned: readonly string[],
): readonly number[] | null {
  if (!trace.some(({ action, events }) => action !== null && events.length > 0)) return null;
  const journeys = journeysOf(trace);
  const before = directCauses(trace, journeys);
  const found = new Set<number>();
  const waiting = rootsOf(trace, kind, concerned, journeys);
  for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) {
    if (step === 0 || found.has(step)) continue;
    found.add(step);
    waiting.push(...before[step]!);
  }
  return [...found].sort((a, b) => a - b);
}

/** The processes that take part in a step; what happens to a message on its way is nobody's doing. */
function actorsOf(events: readonly StepEvent[]): Set<string> {
  return new Set(
    events.flatMap((event) =>
      "process" in event ? [event.process] : event.type === "send" ? [event.from] : [],
    ),
  );
}

/** Where the network is divided, and since when. */
type Split = Extract<StepEvent, { type: "partition" }> & { readonly step: number };

const divides = (split: Split | null, a: string, b: string): split is Split =>
  split !== null &&
  ((split.sides[0].includes(a) && split.sides[1].includes(b)) ||
    (split.sides[0].includes(b) && split.sides[1].includes(a)));

/** For each step those that are immediately before it, as far as it could know. */
function directCauses(trace: Trace, journeys: readonly Journey[]): readonly ReadonlySet<number>[] {
  const lastOf = new Map<string, number>();
  const downSince = new Map<string, number>();
  const touched = byStep(journeys);
  let split: Split | null = null;
  let healed: { readonly step: number; readonly split: Split } | null = null;
  return trace.map(({ events }, step) => {
    const causes = new Set<number>();
    for (const actor of actorsOf(events)) {
      const last = lastOf.get(actor);
      if (last !== undefined) causes.add(last);
    }
    for (const journey of touched.get(step) ?? []) {
      for (const place of [journey.sent, journey.copied, ...journey.late])
        if (place !== null) causes.add(place.step);
      if (journey.fate === "received") {
        const waited = healed !== null && (journey.sent?.step ?? 0) < healed.step;
        if (waited && divides(healed!.split, journey.from, journey.to)) causes.add(healed!.step);
      } else {
        const crash = downSince.get(journey.to);
        if (crash !== undefined) causes.add(crash);
        if (divides(split, journey.from, journey.to)) causes.add(split.step);
      }
    }
    for (const event of events) {
      if (event.type === "partition") split = { ...event, step };
      else if (event.type === "heal" && split !== null) {
        causes.add(split.step);
        healed = { step, split };
        split = null;
      } else if (event.type === "crash") downSince.set(event.process, step);
      else if (event.type === "recover") downSince.delete(event.process);
      else if (event.type === "timeout")
        for (const awaited of event.awaited) {
          const crash = downSince.get(awaited);
          if (crash !== undefined) causes.add(crash);
          if (divides(split, event.process, awaited)) causes.add(split.step);
          for (const missing of missed(journeys, step, event.process, awaited)) causes.add(missing);
        }
    }
    for (const actor of actorsOf(events)) lastOf.set(actor, step);
    causes.delete(step);
    return causes;
  });
}

/**
 * The messages that something happens to in a step besides being sent. (That one is ignored is nothing that
 * happens: it is seen by nobody.)
 */
function byStep(journeys: readonly Journey[]): ReadonlyMap<number, readonly Journey[]> {
  const touched = new Map<number, Journey[]>();
  for (const journey of journeys) {
    const ended = journey.fate === "ignored" ? null : journey.ended;
    const steps = [ended, journey.copied, ...journey.late].flatMap((at) => at?.step ?? []);
    for (const step of new Set(steps)) touched.set(step, [...(touched.get(step) ?? []), journey]);
  }
  return touched;
}

/** Where what two processes had to say to each other went astray, or was held up. */
function missed(journeys: readonly Journey[], until: number, a: string, b: string): number[] {
  return journeys
    .filter(({ from, to }) => (from === a && to === b) || (from === b && to === a))
    .flatMap(({ fate, ended, late }) => [
      ...(fate === "lost" || fate === "omitted" ? [ended!.step] : []),
      ...late.map(({ step }) => step),
    ])
    .filter((step) => step <= until);
}

/** The violation itself: its last step, and what it is about in those whom it concerns. */
function rootsOf(
  trace: Trace,
  kind: PropertyKind,
  concerned: readonly string[],
  journeys: readonly Journey[],
): number[] {
  const isAboutNow = kind === "alwaysPossible" || kind === "noDeadlock";
  const told = trace.map(({ events }) => events);
  const last = (p: string) => told.findLastIndex((events) => actorsOf(events).has(p));
  const roots = [trace.length - 1];
  if (!isAboutNow) {
    // A decision stands: what its process does afterwards adds nothing, nor do others who decide the same.
    const decided = new Set<string>();
    const deciders = new Set<string>();
    for (const [step, events] of told.entries())
      for (const event of events) {
        if (event.type !== "decide" || !concerned.includes(event.process)) continue;
        if (!decided.has(event.decision)) roots.push(step);
        decided.add(event.decision);
        deciders.add(event.process);
      }
    return [...roots, ...concerned.filter((p) => !deciders.has(p)).map(last)].filter(isStep);
  }
  const isDown = (p: string) =>
    told.flat().findLast((event) => isComingOrGoing(event) && event.process === p)?.type ===
    "crash";
  const waiting = concerned.filter((p) => !isDown(p));
  const astray = journeys.filter(
    ({ fate, from, to }) =>
      (fate === "lost" || fate === "omitted") && (waiting.includes(from) || waiting.includes(to)),
  );
  const split = told.findLastIndex((events) =>
    events.some(({ type }) => type === "partition" || type === "heal"),
  );
  const isSplit = told[split]?.some(({ type }) => type === "partition");
  return [
    ...roots,
    ...concerned.map(last),
    ...astray.map(({ ended }) => ended!.step),
    ...(isSplit ? [split] : []),
  ].filter(isStep);
}

const isStep = (step: number) => step >= 0;

const isComingOrGoing = (event: StepEvent) => event.type === "crash" || event.type === "recover";
