/**
 * What may go wrong around a protocol, as one value: allowances (which failure, whom it may strike, how
 * often) and the setting (what a timeout means, how the network delivers, how time goes).
 * `crash(coordinator)=1, recover=1, detect=arbitrary` in text.
 *
 * The kinds are those of Tanenbaum & van Steen, *Distributed Systems*, section 8.1 (crash, omission,
 * timing, response, arbitrary failures), and what may happen to a network.
 */
import { compareNaturally } from "../../model/index.js";

/** What strikes a process, or raises one again. */
export const PROCESS_FAILURES = [
  /** It halts, losing all that is not on stable storage. */
  "crash",
  /** One that has crashed begins again, from its log. */
  "recover",
  /** One that has crashed begins again, and its log is lost. */
  "amnesia",
  /** A message that it sends never leaves. */
  "send-omission",
  /** A message that has reached it is never taken. */
  "receive-omission",
  /** Its clock strikes before the round is over. */
  "early",
  /** What it sends misses its round, or the patience of whoever awaits it. */
  "late",
  /** A message that it sends has a wrong value. */
  "value",
  /** It takes the step that another input would have caused. */
  "transition",
  /** It sends what everybody recognises as wrong, in place of a message. */
  "benign",
  /** It says anything to anybody, or nothing. */
  "malicious",
  /** It says anything to anybody in the name of another. */
  "forge",
  /** It is suspected although it is up. */
  "suspect",
] as const;

/** What happens to the network as a whole. */
export const NETWORK_FAILURES = [
  /** A message under way is gone. */
  "lose",
  /** A message under way arrives once more. */
  "duplicate",
  /** The processes fall into two sides, and nothing gets from one to the other. */
  "partition",
  /** The same, but only in one direction. */
  "one-way-partition",
  /** All gets through again. */
  "heal",
] as const;

export type FailureKind = (typeof PROCESS_FAILURES)[number] | (typeof NETWORK_FAILURES)[number];

export const FAILURE_KINDS: readonly FailureKind[] = [...PROCESS_FAILURES, ...NETWORK_FAILURES];

/** Whom a budget is for: every process, a role, or a single process. */
export const ANYBODY = "any";

/**
 * How long it lasts and how often it comes: a number of times (once: transient; more often:
 * intermittent), any number of times, or from some time on for good.
 */
export type Budget = number | "unlimited" | "permanent";

/** So often, this may happen to so many of these. */
export interface Allowance {
  readonly kind: FailureKind;
  /** `any`, a role's name or a process's. */
  readonly who: string;
  /** At most so many different ones of them, whoever they are; null for no such bound. */
  readonly atMost: number | null;
  readonly budget: Budget;
}

/** What each setting may be; the first is what it is when nothing is said. */
export const SETTINGS = {
  /**
   * What a timeout means. `perfect`: the awaited process is down, or cut off, and nothing from it is
   * still to arrive (fail-stop). `arbitrary`: nothing; it may happen at any time (asynchronous).
   */
  detect: ["perfect", "arbitrary"],
  /** Whether messages of one sender to one receiver may overtake each other. */
  links: ["unordered", "fifo"],
  /** Whether a crash can fall within a broadcast, or only before and after it. */
  multicast: ["loop", "atomic"],
  /** Whether all clocks strike together, or each by itself. */
  time: ["rounds", "free"],
  /** Whether a message arrives before its receiver's clock strikes next. */
  delay: ["bounded", "unbounded"],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;

export type SettingName = keyof typeof SETTINGS;

export type Setting = { readonly [S in SettingName]: (typeof SETTINGS)[S][number] };

export interface Faults {
  readonly allowances: readonly Allowance[];
  readonly setting: Setting;
}

const USUAL = Object.fromEntries(
  Object.entries(SETTINGS).map(([name, [usual]]) => [name, usual]),
) as unknown as Setting;

export const NO_FAULTS: Faults = { allowances: [], setting: USUAL };

/** `crash(coordinator)`: the allowance without its budget. */
export function allowanceName({ kind, who, atMost }: Omit<Allowance, "budget">): string {
  if (atMost !== null) return `${kind}(${atMost} of ${who})`;
  return who === ANYBODY && kind !== "crash" ? kind : `${kind}(${who})`;
}

/** The same failures in the one form that equal failures share: sorted, without empty budgets. */
export function canonicalFaults({ allowances, setting }: Faults): Faults {
  const rank = ({ kind }: Allowance) => FAILURE_KINDS.indexOf(kind);
  return {
    allowances: allowances
      .filter(({ budget }) => budget !== 0)
      .map(
        (allowance): Allowance =>
          isTreason(allowance) ? { ...allowance, budget: "unlimited" } : allowance,
      )
      .sort((a, b) => rank(a) - rank(b) || compareNaturally(a.who, b.who)),
    setting,
  };
}

/** A traitor for good is one that may lie any number of times: it need not lie at every opportunity. */
const isTreason = ({ kind, budget }: Allowance) =>
  (kind === "malicious" || kind === "forge") && budget === "permanent";

/** The canonical text; `none` where nothing may fail. What a default says is left out. */
export function faultsText(faults: Faults): string {
  const { allowances, setting } = canonicalFaults(faults);
  const clauses = allowances.map((allowance) => `${allowanceName(allowance)}=${allowance.budget}`);
  for (const name of Object.keys(SETTINGS) as SettingName[])
    if (setting[name] !== USUAL[name]) clauses.push(`${name}=${setting[name]}`);
  return clauses.join(", ") || "none";
}
