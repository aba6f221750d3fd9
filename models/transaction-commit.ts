/**
 * Two-phase commit as a transition system: a transaction manager (TM) decides for the resource
 * managers (RMs), and commits only when every one of them has prepared.
 *
 * Source: J. Gray and L. Lamport, "Consensus on Transaction Commit", MSR-TR-2003-96, section 3;
 * TLA+ module TwoPhase. The actions keep the module's names and order, so that the two can be read
 * side by side.
 *
 *   TM   init ──TMCommit──▶ committed
 *        init ──TMAbort───▶ aborted
 *
 *   RM   working  ──RMPrepare────────▶ prepared
 *        working  ──RMChooseToAbort──▶ aborted
 *        working  ──RMRcvAbortMsg────▶ aborted
 *        prepared ──RMRcvAbortMsg────▶ aborted
 *        prepared ──RMRcvCommitMsg───▶ committed
 *
 * Assumed, as in the source:
 *   - a message is never taken out of `msgs`, so it may arrive late, twice or never (an RM that
 *     ignores it for ever is one that lost it);
 *   - the TM's request to prepare and an RM's own abort message are left out;
 *   - only safety is stated: nothing says that an RM must ever decide.
 */
import { Map, Record, Set } from "immutable";
import { agreement } from "../properties/agreement.js";
import { irrevocability } from "../properties/irrevocability.js";
import { mayAbort, mayCommit } from "../properties/outcomes.js";
import { managersAtWork, resourceManagers } from "../properties/resource-managers.js";
import {
  actionsOver,
  defineModel,
  type Identity,
  identities,
  integer,
} from "../src/model/index.js";

export type Rm = Identity<"rm">;
export type RmState = "working" | "prepared" | "committed" | "aborted";

/** `Prepared` carries its sender; `Commit` and `Abort` are the TM's, to everybody. */
export class Prepared extends Record(
  { type: "Prepared" as const, rm: null as Rm | null },
  "Prepared",
) {}
export type Message = Prepared | "Commit" | "Abort";

const prepared = (rm: Rm): Message => new Prepared({ rm });

/** Who takes part. */
export interface Config {
  readonly rms: Set<Rm>;
}

export class State extends Record(
  {
    rmState: Map<Rm, RmState>(),
    tmState: "init" as "init" | "committed" | "aborted",
    tmPrepared: Set<Rm>(),
    msgs: Set<Message>(),
  },
  "TwoPhase",
) {}

const { action, actionBy } = actionsOver<State, Config>();
const everyRm = ({ rms }: Config) => rms;

/** The TM learns that an RM is prepared. */
export const TMRcvPrepared = actionBy("TMRcvPrepared", {
  by: everyRm,
  when: (s, rm) => s.tmState === "init" && s.msgs.has(prepared(rm)),
  then: (s, rm) => s.set("tmPrepared", s.tmPrepared.add(rm)),
});

/** Every RM is prepared: the TM decides to commit, and says so. */
export const TMCommit = action("TMCommit", {
  when: (s, { rms }) => s.tmState === "init" && s.tmPrepared.equals(rms),
  then: (s) => s.merge({ tmState: "committed", msgs: s.msgs.add("Commit") }),
});

/** The TM gives up of its own accord. */
export const TMAbort = action("TMAbort", {
  when: (s) => s.tmState === "init",
  then: (s) => s.merge({ tmState: "aborted", msgs: s.msgs.add("Abort") }),
});

/** An RM prepares, and tells the TM. */
export const RMPrepare = actionBy("RMPrepare", {
  by: everyRm,
  when: (s, rm) => s.rmState.get(rm) === "working",
  then: (s, rm) => s.setIn(["rmState", rm], "prepared").set("msgs", s.msgs.add(prepared(rm))),
});

/** An RM aborts while it still may. */
export const RMChooseToAbort = actionBy("RMChooseToAbort", {
  by: everyRm,
  when: (s, rm) => s.rmState.get(rm) === "working",
  then: (s, rm) => s.setIn(["rmState", rm], "aborted"),
});

/** An RM is told to commit. */
export const RMRcvCommitMsg = actionBy("RMRcvCommitMsg", {
  by: everyRm,
  when: (s) => s.msgs.has("Commit"),
  then: (s, rm) => s.setIn(["rmState", rm], "committed"),
});

/** An RM is told to abort. */
export const RMRcvAbortMsg = actionBy("RMRcvAbortMsg", {
  by: everyRm,
  when: (s) => s.msgs.has("Abort"),
  then: (s, rm) => s.setIn(["rmState", rm], "aborted"),
});

export default defineModel({
  name: "transaction-commit",
  title: "Lamport's TwoPhase: two-phase commit as a transition system",
  source:
    "Gray & Lamport, Consensus on Transaction Commit (MSR-TR-2003-96), section 3; TLA+ module TwoPhase",
  parameters: {
    rms: integer({ default: 3, min: 1, max: 24, help: "resource managers" }),
  },
  scenarios: [
    {
      name: "as-published",
      summary: "messages are never taken out of the network: late, twice or never",
      sizes: ["rms"],
    },
  ],
  system: ({ rms: count }) => {
    const rms = identities("rm", count);
    return {
      config: { rms },
      initial: [new State({ rmState: Map([...rms].map((rm) => [rm, "working"])) })],
      actions: [
        TMRcvPrepared,
        TMCommit,
        TMAbort,
        RMPrepare,
        RMChooseToAbort,
        RMRcvCommitMsg,
        RMRcvAbortMsg,
      ],
    };
  },
  // To be prepared is to have voted for commit, and the message that says so stays for ever.
  localStates: ({ rms }) => managersAtWork<State>(rms, (s, rm) => s.msgs.has(prepared(rm))),
  properties: ({ rms }) => {
    const deciding = resourceManagers(rms);
    return [agreement(deciding), irrevocability(deciding), mayCommit(deciding), mayAbort(deciding)];
  },
});
