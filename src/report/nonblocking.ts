/** What concurrency sets come to, in words that every format shares. */
import type {
  ConcurrencyResult,
  ConditionResult,
  LocalStateRow,
  LocalStateTable,
  Sighting,
} from "../check/concurrency-result.js";
import type { Trace } from "../check/result.js";
import type { Ink } from "./paint.js";
import { sameTrace } from "./traces.js";
import { STOPPED } from "./verdict.js";
import { listed } from "./words.js";

/** `participants (p1, p2 and p3)`; a role of one process of that name is that name. */
export function tableTitle({ role, processes }: LocalStateTable): string {
  const names = listed(processes);
  return names === role ? role : `${role} (${names})`;
}

/** What kind of local state it is; that a decision goes by all of the votes is not said of a commit. */
export function kindText({ decided, committable }: LocalStateRow): string {
  const votes = committable ? "committable" : "noncommittable";
  if (decided.length === 0) return votes;
  const usual = committable === decided.includes("commit");
  return `${decided.join(" and ")}${usual ? "" : `, ${votes}`}`;
}

/** The concurrency set, a role a line. */
export function setLines({ concurrent }: LocalStateRow): readonly string[] {
  if (concurrent.length === 0) return ["–"];
  return concurrent.map(({ role, states }) => `${role}: ${states.join(", ")}`);
}

/** `condition 1` */
export const conditionName = ({ name }: ConditionResult) => name.replace("-", " ");

/** Why a condition is violated, a sentence for each local state that violates it. */
export function violationSentences({ violations }: ConditionResult): readonly string[] {
  return violations.map(({ role, state, sightings }) => {
    const [first] = sightings;
    const may = sightings.map((sighting) => otherIn(sighting, "may be"));
    const whose = first!.process === role ? "" : ` of ${role}`;
    return `${state}${whose}: while ${first!.process} is in it, ${may.join(", and ")}.`;
  });
}

function otherIn({ shows, process, other, otherState }: Sighting, be: "is" | "may be"): string {
  const where = otherState === null ? "down" : `in ${otherState}`;
  if (shows !== "uncommitted") return `${other} ${be} ${where}`;
  if (other === process && be === "may be") return `${process} may not have voted for commit`;
  return `${other} ${be} ${where} without having voted for commit`;
}

/** `p1 is in READY while p2 is in ABORT` */
function sightText(sighting: Sighting): string {
  const { process, state, other } = sighting;
  const beside = otherIn(sighting, "is");
  return process === other ? beside : `${process} is in ${state} while ${beside}`;
}

/** A trace, and all that its last state shows. */
export interface Shown {
  readonly title: string;
  readonly trace: Trace;
}

/** The traces to what shows the violations, each once, in the order of the conditions. */
export function shownBy({ conditions, disagreement }: ConcurrencyResult): readonly Shown[] {
  const found: { trace: Trace; sentences: string[] }[] = [];
  const sightings = conditions.flatMap(({ violations }) => violations.flatMap((v) => v.sightings));
  for (const sighting of [...(disagreement ? [disagreement] : []), ...sightings]) {
    const { trace } = sighting;
    const sentence = sightText(sighting);
    const same = found.find((known) => sameTrace(known.trace, trace));
    if (!same) found.push({ trace, sentences: [sentence] });
    else if (!same.sentences.includes(sentence)) same.sentences.push(sentence);
  }
  return found.map(({ trace, sentences }) => ({ trace, title: `How ${sentences.join("; ")}` }));
}

/** What a reader must know of the sets before reading them. */
export function cautions({ complete, withFailures, voters }: ConcurrencyResult): readonly string[] {
  return [
    ...(complete ? [] : ["The sets may be too small: there are states that have not been seen."]),
    ...(withFailures ? ["These are the sets with failures; whoever is down is in no state."] : []),
    ...(complete && voters.length === 0
      ? ["Nobody ever votes, so that every state counts as committable."]
      : []),
  ];
}

const ASSUMED = "(Processes fail by stopping, and the network does not partition.)";

/** What follows from the conditions. */
export function conclusion(result: ConcurrencyResult): { ink: Ink; text: string } {
  const { stoppedBy, disagreement } = result;
  const open = (text: string) => ({ ink: "open" as const, text });
  const unsaid = (why: string) => open(`Skeen's theorem says nothing here: ${why}.`);
  switch (result.conclusion) {
    case "nonblocking":
      return {
        ink: "good",
        text: `NONBLOCKING, by Skeen's theorem: whoever fails, a termination rule that goes by these sets lets all that are up decide. ${ASSUMED}`,
      };
    case "blocking":
      return {
        ink: "strong",
        text: `BLOCKING, by Skeen's theorem: no termination rule lets all that are up always decide.${corollary(result)} ${ASSUMED}`,
      };
    case "undecided":
      return open(`UNDECIDED${stoppedBy ? `, because ${STOPPED[stoppedBy]}` : ""}.`);
    case "failures":
      return unsaid("it is about the sets without failures, as they are without --faults");
    case "disagreement": {
      const { process, state } = disagreement!;
      return unsaid(`${process} may be in ${state} while ${otherIn(disagreement!, "is")}`);
    }
    case "no-commit":
      return unsaid("nobody ever decides commit");
    case "no-abort":
      return unsaid("nobody ever decides abort");
    case "no-votes":
      return unsaid("nobody ever votes");
  }
}

/** How many failures the processes that obey both conditions can make up for. */
function corollary({ obeying, tables }: ConcurrencyResult): string {
  if (obeying === null) return "";
  const all = tables.flatMap(({ processes }) => processes).length;
  if (obeying.length < 2)
    return ` Of ${all} processes ${obeying.length === 0 ? "none obeys" : `only ${obeying[0]} obeys`} both conditions: one failure can be too many.`;
  return ` Of ${all} processes ${listed(obeying)} obey both conditions: as long as no more than ${obeying.length - 1} fail, there is one.`;
}
