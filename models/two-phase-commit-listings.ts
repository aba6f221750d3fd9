/**
 * Two-phase commit as the two listings in Python have it, line by line: "Coordinator in Python" and
 * "Participant in Python" of Tanenbaum & van Steen, *Distributed Systems*, section 8.5. The comments name
 * the lines; a state is a place in the listing at which the process waits for a message.
 *
 *   coordinator   INIT ──────▶ WAIT        lines 3 to 5, waits in line 7
 *                 WAIT ──────▶ ABORT       lines 8 to 11
 *                 WAIT ──────▶ COMMIT      lines 14 to 15
 *
 *   participants  INIT ──────▶ LOCAL_ABORT lines 4 to 5, and 7 to 9; INIT waits in line 3
 *                 INIT ──────▶ READY       lines 10 to 11, waits in line 12
 *                 READY ─────▶ ASKING      lines 13 to 14, waits in line 16
 *                 READY ─────▶ COMMIT      lines 20 to 21
 *                 READY ─────▶ ABORT       lines 20 to 21
 *                 ASKING ────▶ COMMIT      lines 17 to 19
 *                 ASKING ────▶ ABORT       lines 17 to 19
 *                 ASKING ────▶ LOCAL_ABORT lines 17 to 19
 *
 * What the listings leave to the reader, and how it is read here:
 *   - `recvFrom(participants, TIMEOUT)` in line 7 takes any message: that one is no VOTE_ABORT is taken for
 *     VOTE_COMMIT (line 12). No participant sends the coordinator anything else, as `all_participants` does not
 *     include it.
 *   - `recvFrom(coordinator, TIMEOUT)` takes messages of the coordinator only; questions of other
 *     participants wait in the mailbox meanwhile.
 *   - `sendTo(all_participants, NEED_DECISION)` (line 14) sends to itself too: line 16 then receives it, and
 *     line 17 throws it away. What nobody can notice is left out: it asks the others.
 *   - Line 16 receives anything from anybody, and line 17 throws away what is no decision: a question of
 *     another participant that waits too, which will never be asked again.
 *   - The channel keeps the order in which a process sends to another (links=fifo): lines 6 and 21 take
 *     whatever comes from the coordinator for the vote request and for the decision.
 *   - The participant writes no log, and nobody recovers. What the coordinator logs, nobody ever reads.
 *
 * The search finds that agreement, validity and irrevocability hold, and that a participant is blocked when
 * the coordinator crashes before it has told anybody. With timeouts that mean nothing one is blocked even where
 * another knows the decision, and has been asked for it: two that give up waiting ask each other, each throws
 * the other's question away (line 17), and then the coordinator tells one of them and crashes.
 */
import { atomicCommit } from "../properties/atomic-commit.js";
import { ABORT, COMMIT } from "../properties/deciding.js";
import { identities, identity, integer, type ValuesOf } from "../src/model/index.js";
import {
  defineProtocol,
  inState,
  oneOf,
  postpone,
  type Role,
  rolesOver,
  type StableRecord,
  type Step,
  signal,
} from "../src/protocol/index.js";

const VOTE_REQUEST = signal("VOTE_REQUEST");
const VOTE_COMMIT = signal("VOTE_COMMIT");
const VOTE_ABORT = signal("VOTE_ABORT");
const GLOBAL_COMMIT = signal("GLOBAL_COMMIT");
const GLOBAL_ABORT = signal("GLOBAL_ABORT");
const LOCAL_ABORT = signal("LOCAL_ABORT");
const NEED_DECISION = signal("NEED_DECISION");
type Message =
  | typeof VOTE_REQUEST
  | typeof VOTE_COMMIT
  | typeof VOTE_ABORT
  | typeof GLOBAL_COMMIT
  | typeof GLOBAL_ABORT
  | typeof LOCAL_ABORT
  | typeof NEED_DECISION;

const messages = [
  VOTE_REQUEST,
  [VOTE_COMMIT, VOTE_ABORT],
  [GLOBAL_COMMIT, GLOBAL_ABORT, LOCAL_ABORT],
  NEED_DECISION,
];

const { role } = rolesOver<Message>();

const coordinator = identity("coordinator");
const COORDINATOR = inState<"INIT" | "WAIT" | "COMMIT" | "ABORT">("INIT");
const PARTICIPANT = inState<"INIT" | "READY" | "ASKING" | "COMMIT" | "ABORT" | "LOCAL_ABORT">(
  "INIT",
);
type Coordinator = Step<typeof COORDINATOR, typeof COORDINATOR, Message>;
type Participant = Step<typeof PARTICIPANT, StableRecord, Message>;

const parameters = {
  participants: integer({ default: 3, min: 1, max: 6, help: "participants" }),
};

function listings({ participants: count }: ValuesOf<typeof parameters>): readonly Role[] {
  const participants = identities("p", count);
  /** Line 11 and line 15: the coordinator is done. */
  const returns = (c: Coordinator) => c.awaitingNobody().ignoring(VOTE_COMMIT, VOTE_ABORT);
  /** Lines 23 to 26: it has a decision, and only answers questions. */
  const helps = (p: Participant) =>
    p.awaitingNobody().ignoring(GLOBAL_COMMIT, GLOBAL_ABORT, LOCAL_ABORT, VOTE_REQUEST);
  const decides = {
    commit: (p: Participant) => helps(p.become("COMMIT").decide(COMMIT)),
    abort: (p: Participant) => helps(p.become("ABORT").decide(ABORT)),
    abortLocally: (p: Participant) => helps(p.become("LOCAL_ABORT").decide(ABORT)),
  };

  return [
    role("coordinator", {
      processes: [coordinator],
      local: COORDINATOR,
      stable: COORDINATOR,
      states: {
        INIT: {
          // 3 to 5, and 6 to 7 for the first time
          start: (c) =>
            c.log("WAIT").awaitingAll(participants).broadcast(participants, VOTE_REQUEST),
        },
        WAIT: {
          // 8 to 11
          VOTE_ABORT: (c) =>
            returns(c.log("ABORT").decide(ABORT)).broadcast(participants, GLOBAL_ABORT),
          timeout: (c) =>
            returns(c.log("ABORT").decide(ABORT)).broadcast(participants, GLOBAL_ABORT),
          // 12 to 13, and 6 to 7 again; or 14 to 15
          VOTE_COMMIT(c, { from }) {
            const yetToReceive = c.heardFrom(from);
            return yetToReceive.awaited.isEmpty()
              ? returns(yetToReceive.log("COMMIT").decide(COMMIT)).broadcast(
                  participants,
                  GLOBAL_COMMIT,
                )
              : yetToReceive;
          },
        },
      },
    }),

    role("participants", {
      processes: participants,
      local: PARTICIPANT,
      // 3
      initially: (p) => p.awaiting(coordinator),
      states: {
        INIT: {
          // 4 to 5
          timeout: decides.abortLocally,
          // 6 to 9; or 10 to 11, and 12
          VOTE_REQUEST: (p) =>
            oneOf(
              p.vote(COMMIT).become("READY").send(coordinator, VOTE_COMMIT),
              decides.abortLocally(p.vote(ABORT)).send(coordinator, VOTE_ABORT),
            ),
          NEED_DECISION: postpone,
        },
        READY: {
          // 13 to 14
          timeout: (p) =>
            p.become("ASKING").awaitingNobody().broadcast(p.others(participants), NEED_DECISION),
          // 20 to 21
          GLOBAL_COMMIT: decides.commit,
          GLOBAL_ABORT: decides.abort,
          NEED_DECISION: postpone,
        },
        ASKING: {
          // 15 to 19
          GLOBAL_COMMIT: decides.commit,
          GLOBAL_ABORT: decides.abort,
          LOCAL_ABORT: decides.abortLocally,
          NEED_DECISION: (p) => p,
        },
        // 23 to 26
        COMMIT: { NEED_DECISION: (p, { from }) => p.send(from, GLOBAL_COMMIT) },
        ABORT: { NEED_DECISION: (p, { from }) => p.send(from, GLOBAL_ABORT) },
        LOCAL_ABORT: { NEED_DECISION: (p, { from }) => p.send(from, LOCAL_ABORT) },
      },
    }),
  ];
}

export default defineProtocol({
  name: "two-phase-commit-listings",
  title: "Two-phase commit as in the two Python listings",
  source: "Tanenbaum & van Steen, Distributed Systems, section 8.5, the listings in Python",
  parameters,
  scenarios: [
    {
      name: "coordinator-crash-asynchronous",
      summary: "the coordinator may crash, and timeouts may be false alarms",
      sizes: ["participants"],
      faults: "crash(coordinator)=1, detect=arbitrary, links=fifo",
      expected: { "non-blocking": "violated", termination: "violated" },
    },
    {
      name: "coordinator-crash",
      summary: "the coordinator may crash, and timeouts are right",
      sizes: ["participants"],
      faults: "crash(coordinator)=1, links=fifo",
      expected: { "non-blocking": "violated", termination: "violated" },
    },
    {
      name: "no-failures",
      summary: "nothing fails",
      sizes: ["participants"],
      faults: "links=fifo",
    },
  ],
  roles: listings,
  messages: () => messages,
  properties: (observer) => atomicCommit(observer, observer.inRole("participants")),
});
