/**
 * Two-phase commit: a coordinator asks the participants to vote, decides commit only when every one of
 * them has voted so, and tells them.
 *
 * Source: Tanenbaum & van Steen, *Distributed Systems*, section 8.5 (the lecture's "two-phase commit");
 * recovery and cooperative termination after Bernstein, Hadzilacos and Goodman, *Concurrency Control
 * and Recovery in Database Systems*, section 7.4. Both use the names of states and messages below.
 *
 *   coordinator   INIT ──────▶ WAIT      writes it down, asks for votes
 *                 WAIT ──────▶ COMMIT    all have voted commit
 *                 WAIT ──────▶ ABORT     some vote is abort, or does not come
 *
 *   participants  INIT ──────▶ READY     votes commit
 *                 INIT ──────▶ ABORT     votes abort, or hears of an abort, or is not asked
 *                 READY ─────▶ COMMIT    hears of a commit
 *                 READY ─────▶ ABORT     hears of an abort
 *
 * What a process does, it writes to its log first; then it lets others know. After a crash it goes by
 * the log:
 *
 *   coordinator   INIT: nobody has been asked, it may still begin.  WAIT: asks for the votes again.
 *                 COMMIT, ABORT: tells the decision again.
 *   participants  INIT: has promised nothing, aborts.  READY: has promised, must ask for the decision.
 *                 COMMIT, ABORT: that is it (and an abort is told again, as a vote).
 *
 * Cooperative termination: a READY participant that has waited too long for the coordinator asks the
 * others (DECISION_REQUEST, the listings' NEED_DECISION). One in COMMIT or ABORT says so, one in INIT aborts
 * and says so, one that is READY itself cannot help.
 *
 * Assumed:
 *   - One transaction. Nothing is forgotten at its end, so every question finds its answer in a log.
 *   - A process that crashes in the middle of a step may have told some and not others.
 *   - A participant keeps asking until it knows. One that is READY itself leaves the question in its
 *     mailbox until it can answer it: to say "I do not know either" would only have the same question
 *     asked again. A question is not sent again while it is still under way, nor is an answer. So there is
 *     at most one of each under way from each to each, and no answer is missed: a question that was
 *     lost in a crash is asked again at the next timeout.
 *   - Whoever has decided takes no notice of further votes and decisions (`ignoring`): they would
 *     be received and change nothing, before a crash and after it.
 *   - The coordinator votes by deciding: it has no vote of its own to log.
 */
import { atomicCommit } from "../properties/atomic-commit.js";
import { ABORT, COMMIT } from "../properties/deciding.js";
import { choice, identities, identity, integer, type ValuesOf } from "../src/model/index.js";
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
export const VOTE_COMMIT = signal("VOTE_COMMIT");
export const VOTE_ABORT = signal("VOTE_ABORT");
export const GLOBAL_COMMIT = signal("GLOBAL_COMMIT");
const GLOBAL_ABORT = signal("GLOBAL_ABORT");
const DECISION_REQUEST = signal("DECISION_REQUEST");
type Message =
  | typeof VOTE_REQUEST
  | typeof VOTE_COMMIT
  | typeof VOTE_ABORT
  | typeof GLOBAL_COMMIT
  | typeof GLOBAL_ABORT
  | typeof DECISION_REQUEST;

/** All that is ever said; a vote, and a decision, may have the one value or the other. */
export const messages = [
  VOTE_REQUEST,
  [VOTE_COMMIT, VOTE_ABORT],
  [GLOBAL_COMMIT, GLOBAL_ABORT],
  DECISION_REQUEST,
];

const { role } = rolesOver<Message>();

const COORDINATOR = inState<"INIT" | "WAIT" | "COMMIT" | "ABORT">("INIT");
const PARTICIPANT = inState<"INIT" | "READY" | "COMMIT" | "ABORT">("INIT");
export type Coordinator = Step<typeof COORDINATOR, typeof COORDINATOR, Message>;
export type Participant = Step<typeof PARTICIPANT, typeof PARTICIPANT, Message>;

export const coordinator = identity("coordinator");

/** The two steps in which it counts that the log comes first. */
export interface Rules {
  /** A participant promises to commit if it is told to. */
  readonly voteCommit: (p: Participant) => Participant;
  /** The coordinator has every vote. */
  readonly decideCommit: (c: Coordinator, participants: Iterable<Process>) => Coordinator;
}

export const logFirst: Rules = {
  voteCommit: (p) => p.log("READY").vote(COMMIT).send(coordinator, VOTE_COMMIT),
  decideCommit: (c, participants) =>
    votesAreIn(c.log("COMMIT").decide(COMMIT)).broadcast(participants, GLOBAL_COMMIT),
};

/** Whoever has decided waits for nobody, and nothing changes its mind. */
export const votesAreIn = (c: Coordinator) => c.awaitingNobody().ignoring(VOTE_COMMIT, VOTE_ABORT);
const decisionIsIn = (p: Participant) => p.awaitingNobody().ignoring(GLOBAL_COMMIT, GLOBAL_ABORT);

export const parameters = {
  participants: integer({ default: 3, min: 1, max: 8, help: "participants" }),
  termination: choice(["none", "cooperative"], {
    default: "none",
    help: "what a READY participant does that waits for the coordinator in vain",
  }),
};

export function twoPhaseCommit(
  { participants: count, termination }: ValuesOf<typeof parameters>,
  { voteCommit, decideCommit }: Rules,
): readonly Role[] {
  const participants = identities("p", count);
  const cooperative = termination === "cooperative";

  const askForVotes = (c: Coordinator) =>
    c.awaitingAll(participants).broadcast(participants, VOTE_REQUEST);
  const decideAbort = (c: Coordinator) =>
    votesAreIn(c.log("ABORT").decide(ABORT)).broadcast(participants, GLOBAL_ABORT);

  const commit = (p: Participant) => decisionIsIn(p.log("COMMIT").decide(COMMIT));
  const abort = (p: Participant) => decisionIsIn(p.log("ABORT").decide(ABORT));
  const voteAbort = (p: Participant) =>
    decisionIsIn(p.log("ABORT").vote(ABORT).decide(ABORT)).send(coordinator, VOTE_ABORT);
  const askTheOthers = (p: Participant) => p.repeat(p.others(participants), DECISION_REQUEST);

  return [
    role("coordinator", {
      processes: [coordinator],
      local: COORDINATOR,
      stable: COORDINATOR,
      states: {
        INIT: {
          start: (c) => askForVotes(c.log("WAIT")),
        },
        WAIT: {
          VOTE_COMMIT: (c, { from }) => {
            const heard = c.heardFrom(from);
            return heard.awaited.isEmpty() ? decideCommit(heard, participants) : heard;
          },
          VOTE_ABORT: decideAbort,
          timeout: decideAbort,
          // It has recovered, and its vote may not have got here: let it vote again, if for nothing.
          DECISION_REQUEST: (c, { from }) => c.repeat([from], VOTE_REQUEST),
        },
        COMMIT: {
          DECISION_REQUEST: (c, { from }) => c.repeat([from], GLOBAL_COMMIT),
        },
        ABORT: {
          DECISION_REQUEST: (c, { from }) => c.repeat([from], GLOBAL_ABORT),
        },
      },
      recover: {
        WAIT: askForVotes,
        COMMIT: (c) => c.decide(COMMIT).broadcast(participants, GLOBAL_COMMIT),
        ABORT: (c) => c.decide(ABORT).broadcast(participants, GLOBAL_ABORT),
      },
    }),

    role("participants", {
      processes: participants,
      local: PARTICIPANT,
      stable: PARTICIPANT,
      initially: (p) => p.awaiting(coordinator),
      states: {
        INIT: {
          VOTE_REQUEST: (p) => oneOf(voteCommit(p), voteAbort(p)),
          GLOBAL_ABORT: abort,
          timeout: abort,
          DECISION_REQUEST: (p, { from }) => abort(p).send(from, GLOBAL_ABORT),
        },
        READY: {
          GLOBAL_COMMIT: commit,
          GLOBAL_ABORT: abort,
          // The coordinator has recovered, and no longer knows who voted.
          VOTE_REQUEST: (p) => p.repeat([coordinator], VOTE_COMMIT),
          timeout: cooperative ? askTheOthers : postpone,
          DECISION_REQUEST: postpone,
        },
        COMMIT: {
          DECISION_REQUEST: (p, { from }) => p.repeat([from], GLOBAL_COMMIT),
        },
        ABORT: {
          VOTE_REQUEST: (p) => p.repeat([coordinator], VOTE_ABORT),
          DECISION_REQUEST: (p, { from }) => p.repeat([from], GLOBAL_ABORT),
        },
      },
      recover: {
        INIT: (p) => abort(p).send(coordinator, VOTE_ABORT),
        READY: (p) =>
          p
            .awaiting(coordinator)
            .broadcast(
              cooperative ? [coordinator, ...p.others(participants)] : [coordinator],
              DECISION_REQUEST,
            ),
        COMMIT: (p) => p.decide(COMMIT),
        ABORT: (p) => p.decide(ABORT).send(coordinator, VOTE_ABORT),
      },
    }),
  ];
}

export const source =
  "Tanenbaum & van Steen, Distributed Systems, section 8.5; Bernstein, Hadzilacos & Goodman, Concurrency Control and Recovery in Database Systems, section 7.4";

export default defineProtocol({
  name: "two-phase-commit",
  title: "Two-phase commit: processes, logs and timeouts",
  source,
  parameters,
  scenarios: [
    {
      name: "coordinator-crash",
      summary:
        "the coordinator may crash once and does not recover: a READY participant is blocked",
      sizes: ["participants"],
      faults: "crash(coordinator)=1",
      expected: { "non-blocking": "violated", termination: "violated" },
    },
    {
      name: "no-failures",
      summary: "nothing fails",
      sizes: ["participants"],
    },
    {
      name: "coordinator-crash-recovery",
      summary: "the coordinator may crash once and may recover",
      sizes: ["participants"],
      faults: "crash(coordinator)=1, recover=1",
      expected: { "non-blocking": "violated" },
    },
    {
      name: "coordinator-crash-recovery-asynchronous",
      summary: "the same, and timeouts may be false alarms: at most, more transactions abort",
      sizes: ["participants"],
      faults: "crash(coordinator)=1, recover=1, detect=arbitrary",
      expected: { "non-blocking": "violated" },
    },
    {
      name: "participant-crash-recovery",
      summary: "a participant may crash once and may recover",
      sizes: ["participants"],
      faults: "crash(participants)=1, recover=1",
    },
    {
      name: "cooperative-coordinator-crash",
      summary: "as the first, but READY participants ask each other: blocked only if all are READY",
      parameters: { termination: "cooperative" },
      sizes: ["participants"],
      faults: "crash(coordinator)=1",
      expected: { "non-blocking": "violated", termination: "violated" },
    },
    {
      name: "cooperative-coordinator-crash-recovery",
      summary: "READY participants ask each other, and the coordinator may recover",
      parameters: { termination: "cooperative" },
      sizes: ["participants"],
      faults: "crash(coordinator)=1, recover=1",
      expected: { "non-blocking": "violated" },
    },
    {
      name: "cooperative-two-crashes",
      summary: "the coordinator and a participant may crash, perhaps the only ones that know",
      parameters: { termination: "cooperative" },
      sizes: ["participants"],
      faults: "crash(coordinator)=1, crash(participants)=1",
      expected: { "non-blocking": "violated", termination: "violated" },
    },
    {
      name: "cooperative-two-crashes-recovery",
      summary: "the coordinator and a participant may crash, and both may recover",
      parameters: { termination: "cooperative", participants: 2 },
      sizes: ["participants"],
      faults: "crash(coordinator)=1, crash(participants)=1, recover=2",
      expected: { "non-blocking": "violated" },
    },
  ],
  roles: (given) => twoPhaseCommit(given, logFirst),
  messages: () => messages,
  properties: (observer) => atomicCommit(observer, observer.inRole("participants")),
});
