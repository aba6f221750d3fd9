/**
 * Three-phase commit: between the votes and the commit the coordinator lets everybody know that all have
 * voted so. Then nobody has committed while another still could not know, and whoever is left can
 * finish without those that are down.
 *
 * Source: D. Skeen, "Nonblocking commit protocols", SIGMOD 1981: the protocol in section 5, the termination
 * protocol with its backup coordinators in section 6. Bernstein, Hadzilacos and Goodman, *Concurrency Control
 * and Recovery in Database Systems*, section 7.5, for recovery. Names as in Tanenbaum & van Steen,
 * *Distributed Systems*, section 8.5.
 *
 *   coordinator   INIT ──────▶ WAIT        asks for votes
 *                 WAIT ──────▶ PRECOMMIT   all have voted commit
 *                 WAIT ──────▶ ABORT       some vote is abort, or does not come
 *                 PRECOMMIT ─▶ COMMIT      all who are up know that all have voted commit
 *                 PRECOMMIT ─▶ ABORT       hears of an abort, having been down
 *
 *   participants  INIT ──────▶ READY       votes commit
 *                 INIT ──────▶ ABORT       votes abort, or hears of an abort, or is not asked
 *                 READY ─────▶ PRECOMMIT   hears that all have voted commit
 *                 PRECOMMIT ─▶ READY       a backup coordinator does not know so
 *                 PRECOMMIT ─▶ COMMIT      hears of a commit
 *                 READY ─────▶ ABORT       hears of an abort
 *                 READY ─────▶ COMMIT      hears of a commit, having been down
 *                 PRECOMMIT ─▶ ABORT       hears of an abort, having been down
 *
 * Termination: a participant that has waited too long for the coordinator looks to the next in line,
 * p1, p2, …, and so on until it is itself the next. The backup coordinator then
 *   1. has all others enter the state that it is in, READY or PRECOMMIT, and awaits that they have;
 *   2. aborts if that is READY, commits if it is PRECOMMIT, and tells them.
 * One that has decided already answers so, and that is the decision. If a backup crashes, the next in line
 * finds everybody in a state from which it can begin again.
 *
 * After a crash a process goes by its log:
 *   coordinator   WAIT: nobody can have committed, aborts.  PRECOMMIT: asks what has become of it.
 *   participants  INIT: has promised nothing, aborts.  READY, PRECOMMIT: asks what has become of it.
 *                 COMMIT, ABORT: that is it, and it says so.
 *
 * Assumed:
 *   - One that has recovered does what a backup coordinator says, but is none any more: while it was
 *     down the others may have decided, and crashed. If all have been down, they can only ask each other
 *     (total failure; section 7.5 has the last one to crash decide, and that is not modelled).
 *   - Whoever has followed a backup does not listen to those before it in line: what they still say was
 *     said before they crashed.
 *   - A question is not sent again while it is under way, nor is an answer; one who cannot answer yet
 *     leaves the question in its mailbox. Whoever has decided takes no notice of decisions.
 */

import { Record } from "immutable";
import { atomicCommit } from "../properties/atomic-commit.js";
import { ABORT, COMMIT } from "../properties/deciding.js";
import { identities, identity, integer, type ValuesOf } from "../src/model/index.js";
import {
  defineProtocol,
  inState,
  oneOf,
  type Process,
  postpone,
  type Role,
  rolesOver,
  type Step,
  signal,
} from "../src/protocol/index.js";

const VOTE_REQUEST = signal("VOTE_REQUEST");
const VOTE_COMMIT = signal("VOTE_COMMIT");
const VOTE_ABORT = signal("VOTE_ABORT");
const PREPARE_COMMIT = signal("PREPARE_COMMIT");
const READY_COMMIT = signal("READY_COMMIT");
const GLOBAL_COMMIT = signal("GLOBAL_COMMIT");
const GLOBAL_ABORT = signal("GLOBAL_ABORT");
/** A backup coordinator that is READY: nobody is to know more than it does. */
const BACK_TO_READY = signal("BACK_TO_READY");
const BACK_IN_READY = signal("BACK_IN_READY");
const DECISION_REQUEST = signal("DECISION_REQUEST");
/** It was down: what it was told then it has not heard, and it will not take over. */
const RECOVERED = signal("RECOVERED");
type Message =
  | typeof VOTE_REQUEST
  | typeof VOTE_COMMIT
  | typeof VOTE_ABORT
  | typeof PREPARE_COMMIT
  | typeof READY_COMMIT
  | typeof GLOBAL_COMMIT
  | typeof GLOBAL_ABORT
  | typeof BACK_TO_READY
  | typeof BACK_IN_READY
  | typeof DECISION_REQUEST
  | typeof RECOVERED;

export const messages = [
  VOTE_REQUEST,
  [VOTE_COMMIT, VOTE_ABORT],
  [PREPARE_COMMIT, BACK_TO_READY],
  [READY_COMMIT, BACK_IN_READY],
  [GLOBAL_COMMIT, GLOBAL_ABORT],
  DECISION_REQUEST,
  RECOVERED,
];

const { role } = rolesOver<Message>();

export const coordinator = identity("coordinator");

type ParticipantState = "INIT" | "READY" | "PRECOMMIT" | "COMMIT" | "ABORT";
class Local extends Record(
  {
    state: "INIT" as ParticipantState,
    /** Whom it follows; itself, where it is the backup coordinator. */
    leader: coordinator as Process,
  },
  "Participant",
) {}
const COORDINATOR = inState<"INIT" | "WAIT" | "PRECOMMIT" | "COMMIT" | "ABORT">("INIT");
const LOG = inState<ParticipantState>("INIT");
type Coordinator = Step<typeof COORDINATOR, typeof COORDINATOR, Message>;
export type Participant = Step<Local, typeof LOG, Message>;

/** The step that keeps backups which follow one another from contradicting each other. */
export interface Rules {
  /**
   * What a backup coordinator does first.
   * @param conclude decides by the state that it is in
   */
  readonly takeOver: (
    p: Participant,
    others: readonly Process[],
    conclude: (p: Participant) => Participant,
  ) => Participant;
}

export const moveAllFirst: Rules = {
  takeOver(p, others, conclude) {
    if (others.length === 0) return conclude(p);
    return p.awaitingAll(others).repeat(others, theMove(p));
  },
};

/** The message that has others enter the state that a backup coordinator is in. */
export const theMove = (p: Participant) =>
  p.local.state === "READY" ? BACK_TO_READY : PREPARE_COMMIT;

export const parameters = {
  participants: integer({ default: 3, min: 1, max: 6, help: "participants" }),
};

export function threePhaseCommit(
  { participants: count }: ValuesOf<typeof parameters>,
  { takeOver }: Rules,
): readonly Role[] {
  const participants = identities("p", count);
  const line: readonly Process[] = [coordinator, ...participants];
  const place = (p: Process) => line.findIndex((other) => other.equals(p));

  const votesAreIn = (c: Coordinator) => c.ignoring(VOTE_COMMIT, VOTE_ABORT);
  const decisionIsIn = <S extends Coordinator | Participant>(p: S) =>
    p
      .awaitingNobody()
      .ignoring(GLOBAL_COMMIT, GLOBAL_ABORT, READY_COMMIT, BACK_IN_READY, RECOVERED) as S;

  const commitAll = (c: Coordinator) => hearCommit(c).broadcast(participants, GLOBAL_COMMIT);
  const abortAll = (c: Coordinator) => hearAbort(c).broadcast(participants, GLOBAL_ABORT);
  const hearCommit = (c: Coordinator) => decisionIsIn(votesAreIn(c.log("COMMIT").decide(COMMIT)));
  const hearAbort = (c: Coordinator) => decisionIsIn(votesAreIn(c.log("ABORT").decide(ABORT)));
  const voteFrom = (c: Coordinator, from: Process) => {
    const heard = c.heardFrom(from);
    return heard.awaited.isEmpty()
      ? votesAreIn(heard.log("PRECOMMIT"))
          .awaitingAll(participants)
          .broadcast(participants, PREPARE_COMMIT)
      : heard;
  };
  const preparedOrDown = (c: Coordinator, who: Process) => {
    const heard = c.heardFrom(who);
    return heard.awaited.isEmpty() ? commitAll(heard) : heard;
  };

  const finished = (p: Participant) => decisionIsIn(p.set({ leader: coordinator }));
  const commit = (p: Participant) => finished(p.log("COMMIT").decide(COMMIT));
  const abort = (p: Participant) => finished(p.log("ABORT").decide(ABORT));
  const voteCommit = (p: Participant) => p.log("READY").vote(COMMIT).send(coordinator, VOTE_COMMIT);
  const voteAbort = (p: Participant) =>
    finished(p.log("ABORT").vote(ABORT).decide(ABORT)).send(coordinator, VOTE_ABORT);
  const everybodyElse = (p: Participant) => p.others(line);

  const isLeading = (p: Participant) => p.local.leader.equals(p.self);
  const conclude = (p: Participant) =>
    p.local.state === "READY"
      ? abort(p).broadcast(everybodyElse(p), GLOBAL_ABORT)
      : commit(p).broadcast(everybodyElse(p), GLOBAL_COMMIT);
  /** The one that it followed is down: the next in line is the backup coordinator. */
  const nextInLine = (p: Participant) => {
    const next = line[place(p.local.leader) + 1] ?? p.self;
    const follows = p.set({ leader: next });
    return next.equals(p.self)
      ? takeOver(follows, p.others(participants), conclude)
      : follows.awaiting(next).repeat([next], DECISION_REQUEST);
  };
  const movedOrDown = (p: Participant, who: Process) => {
    const heard = p.heardFrom(who);
    return heard.awaited.isEmpty() ? conclude(heard) : heard;
  };
  /** Does what its coordinator says, unless it has followed a later one. */
  const follow =
    (state: "READY" | "PRECOMMIT", answer: typeof READY_COMMIT | typeof BACK_IN_READY) =>
    (p: Participant, { from }: { readonly from: Process }) => {
      if (place(from) < place(p.local.leader)) return p;
      const follows = p.set({ leader: from });
      // One that has recovered waits for nobody: it cannot take over.
      const waits = p.awaited.isEmpty() ? follows : follows.awaiting(from);
      return (p.local.state === state ? waits : waits.log(state)).repeat([from], answer);
    };

  /** READY or PRECOMMIT: it has promised, and must do what the others do. */
  const promised = {
    PREPARE_COMMIT: follow("PRECOMMIT", READY_COMMIT),
    BACK_TO_READY: follow("READY", BACK_IN_READY),
    READY_COMMIT: (p: Participant, { from }: { readonly from: Process }) =>
      isLeading(p) ? movedOrDown(p, from) : p,
    BACK_IN_READY: (p: Participant, { from }: { readonly from: Process }) =>
      isLeading(p) ? movedOrDown(p, from) : p,
    GLOBAL_COMMIT: (p: Participant) =>
      isLeading(p) ? commit(p).broadcast(everybodyElse(p), GLOBAL_COMMIT) : commit(p),
    GLOBAL_ABORT: (p: Participant) =>
      isLeading(p) ? abort(p).broadcast(everybodyElse(p), GLOBAL_ABORT) : abort(p),
    timeout: (p: Participant, suspect: Process) =>
      isLeading(p) ? movedOrDown(p, suspect) : nextInLine(p),
    RECOVERED(p: Participant, { from }: { readonly from: Process }) {
      if (isLeading(p)) return p.awaited.has(from) ? p.repeat([from], theMove(p)) : p;
      if (p.local.leader.equals(from) && !p.awaited.isEmpty()) return nextInLine(p);
      return place(from) > place(p.local.leader) ? postpone() : p;
    },
    DECISION_REQUEST: postpone,
  };
  const answer = (decision: typeof GLOBAL_COMMIT | typeof GLOBAL_ABORT) => {
    const say = (p: Participant, { from }: { readonly from: Process }) =>
      p.repeat([from], decision);
    return { DECISION_REQUEST: say, PREPARE_COMMIT: say, BACK_TO_READY: say };
  };
  const askEverybody = (p: Participant) =>
    p.broadcast(everybodyElse(p), RECOVERED).repeat(everybodyElse(p), DECISION_REQUEST);

  return [
    role("coordinator", {
      processes: [coordinator],
      local: COORDINATOR,
      stable: COORDINATOR,
      states: {
        INIT: {
          start: (c) =>
            c.log("WAIT").awaitingAll(participants).broadcast(participants, VOTE_REQUEST),
        },
        WAIT: {
          VOTE_COMMIT: (c, { from }) => voteFrom(c, from),
          VOTE_ABORT: abortAll,
          timeout: abortAll,
          GLOBAL_ABORT: abortAll,
          // Its vote may not have got here: let it vote again, if for nothing.
          RECOVERED: (c, { from }) => c.repeat([from], VOTE_REQUEST),
          DECISION_REQUEST: postpone,
        },
        PRECOMMIT: {
          READY_COMMIT: (c, { from }) => (c.awaited.has(from) ? preparedOrDown(c, from) : c),
          timeout: preparedOrDown,
          GLOBAL_COMMIT: hearCommit,
          GLOBAL_ABORT: hearAbort,
          RECOVERED: (c, { from }) => (c.awaited.has(from) ? c.repeat([from], PREPARE_COMMIT) : c),
          DECISION_REQUEST: postpone,
        },
        COMMIT: { DECISION_REQUEST: (c, { from }) => c.repeat([from], GLOBAL_COMMIT) },
        ABORT: { DECISION_REQUEST: (c, { from }) => c.repeat([from], GLOBAL_ABORT) },
      },
      recover: {
        WAIT: abortAll,
        PRECOMMIT: (c) =>
          c.broadcast(participants, RECOVERED).broadcast(participants, DECISION_REQUEST),
        COMMIT: (c) => c.decide(COMMIT).broadcast(participants, GLOBAL_COMMIT),
        ABORT: (c) => c.decide(ABORT).broadcast(participants, GLOBAL_ABORT),
      },
    }),

    role("participants", {
      processes: participants,
      local: new Local(),
      stable: LOG,
      initially: (p) => p.awaiting(coordinator),
      states: {
        INIT: {
          VOTE_REQUEST: (p) => oneOf(voteCommit(p), voteAbort(p)),
          GLOBAL_ABORT: abort,
          timeout: abort,
          DECISION_REQUEST: (p, { from }) => abort(p).send(from, GLOBAL_ABORT),
          BACK_TO_READY: (p, { from }) => abort(p).send(from, GLOBAL_ABORT),
          RECOVERED: postpone,
        },
        READY: {
          ...promised,
          // It has said that it was down; its vote may have been lost, or not.
          VOTE_REQUEST: (p) => p.repeat([coordinator], VOTE_COMMIT),
        },
        PRECOMMIT: promised,
        COMMIT: answer(GLOBAL_COMMIT),
        ABORT: {
          ...answer(GLOBAL_ABORT),
          VOTE_REQUEST: (p) => p.repeat([coordinator], VOTE_ABORT),
        },
      },
      recover: {
        INIT: (p) => abort(p).broadcast(everybodyElse(p), GLOBAL_ABORT),
        READY: askEverybody,
        PRECOMMIT: askEverybody,
        COMMIT: (p) => p.decide(COMMIT).repeat(everybodyElse(p), GLOBAL_COMMIT),
        ABORT: (p) => p.decide(ABORT).repeat(everybodyElse(p), GLOBAL_ABORT),
      },
    }),
  ];
}

export const source = 'D. Skeen, "Nonblocking commit protocols", SIGMOD 1981, sections 5 and 6';

export default defineProtocol({
  name: "three-phase-commit",
  title: "Three-phase commit: nobody waits for those that are down",
  source,
  parameters,
  scenarios: [
    {
      name: "coordinator-crash",
      summary: "the coordinator may crash once and does not recover: the others finish without it",
      sizes: ["participants"],
      faults: "crash(coordinator)=1",
    },
    {
      name: "no-failures",
      summary: "nothing fails",
      sizes: ["participants"],
    },
    {
      name: "two-crashes",
      summary: "any two may crash, backup coordinators among them: whoever is left finishes",
      sizes: ["participants"],
      faults: "crash=2",
    },
    {
      name: "all-but-one-crash",
      summary: "of four processes any three may crash",
      parameters: { participants: 3 },
      faults: "crash=3",
    },
    {
      name: "crash-recovery",
      summary: "any one may crash and may recover, having missed what was said in the meantime",
      sizes: ["participants"],
      faults: "crash=1, recover=1",
    },
    {
      name: "two-crashes-recovery",
      summary: "any two may crash and one of them recover; another has been up all the time",
      parameters: { participants: 2 },
      faults: "crash=2, recover=1",
    },
    {
      name: "total-failure",
      summary: "everybody may be down at some time: those that recover can only ask each other",
      parameters: { participants: 1 },
      faults: "crash=2, recover=2",
      expected: { "non-blocking": "violated", termination: "violated" },
    },
    {
      name: "false-suspicions",
      summary: "nobody crashes, and two suspicions are false: one commits without one who aborts",
      parameters: { participants: 2 },
      faults: "suspect=2",
      expected: { agreement: "violated", "non-blocking": "violated", termination: "violated" },
    },
    {
      name: "partition",
      summary: "nobody crashes, and the network splits once: each side finishes without the other",
      sizes: ["participants"],
      faults: "partition=1",
      expected: { agreement: "violated" },
    },
    {
      name: "asynchronous",
      summary: "one may crash, and timeouts mean nothing",
      parameters: { participants: 2 },
      faults: "crash=1, detect=arbitrary",
      expected: { agreement: "violated" },
    },
  ],
  roles: (given) => threePhaseCommit(given, moveAllFirst),
  messages: () => messages,
  properties: (observer) => atomicCommit(observer, observer.inRole("participants")),
});
