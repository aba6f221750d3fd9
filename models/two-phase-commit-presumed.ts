/**
 * Two-phase commit with presumed abort and with presumed commit: of a transaction that the coordinator
 * knows nothing of any more, it presumes the one outcome, and so it need not remember that one.
 *
 * Source: C. Mohan, B. Lindsay and R. Obermarck, "Transaction management in the R* distributed database
 * management system", ACM TODS 11(4), 1986, sections 2 (the standard protocol), 3.1 (presumed abort) and
 * 3.2 (presumed commit). One level of participants, all of which update something.
 *
 *                        presumed abort                      presumed commit
 *   before it asks       nothing is logged                   the collecting record is forced
 *   commit               forced, told, acknowledged,         forced, told, forgotten at once
 *                        then forgotten
 *   abort                told, forgotten at once, no log     told, acknowledged, then forgotten
 *   a participant        forces a commit and acknowledges    forces an abort and acknowledges it;
 *                        it; an abort it need not force      a commit it need not force
 *   knows nothing        answers abort                       answers commit
 *
 *   coordinator   INIT ──────▶ WAIT        asks for votes
 *                 WAIT ──────▶ COMMIT      all have voted commit; awaits acknowledgements
 *                 WAIT ──────▶ ABORT       some vote is abort, or does not come; awaits acknowledgements
 *                 WAIT ──────▶ FORGOTTEN   the outcome that is presumed
 *                 COMMIT ────▶ FORGOTTEN   all have acknowledged
 *                 ABORT ─────▶ FORGOTTEN   all have acknowledged
 *
 *   participants  INIT ──────▶ READY       votes commit
 *                 INIT ──────▶ ABORT       votes abort, or hears of an abort, or is not asked
 *                 READY ─────▶ COMMIT      hears of a commit
 *                 READY ─────▶ ABORT       hears of an abort
 *
 * Compared with the standard protocol an abort under presumed abort, and a commit under presumed commit,
 * costs one forced write less at the coordinator and at each participant, and no acknowledgements; presumed
 * commit pays for that with one forced write before it asks.
 *
 * Assumed:
 *   - A write that is not forced is on the disk some time, or never: at the moment of a crash it is there or
 *     it is not. Nobody can tell before, so which of the two it is is chosen when it is written (`unforced`).
 *   - A READY participant that has waited too long asks the coordinator, again and again. That is all that
 *     helps against a coordinator that has forgotten whom it asked, so timeouts cannot wait for a crash:
 *     where something recovers, they are arbitrary here.
 */
import { atomicCommit } from "../properties/atomic-commit.js";
import { ABORT, COMMIT } from "../properties/deciding.js";
import { choice, identities, identity, integer, type ValuesOf } from "../src/model/index.js";
import {
  type Choice,
  defineProtocol,
  inState,
  type Process,
  type Role,
  rolesOver,
  type Step,
  signal,
} from "../src/protocol/index.js";

const VOTE_REQUEST = signal("VOTE_REQUEST");
const VOTE_COMMIT = signal("VOTE_COMMIT");
const VOTE_ABORT = signal("VOTE_ABORT");
const GLOBAL_COMMIT = signal("GLOBAL_COMMIT");
const GLOBAL_ABORT = signal("GLOBAL_ABORT");
const ACK = signal("ACK");
const DECISION_REQUEST = signal("DECISION_REQUEST");
type Message =
  | typeof VOTE_REQUEST
  | typeof VOTE_COMMIT
  | typeof VOTE_ABORT
  | typeof GLOBAL_COMMIT
  | typeof GLOBAL_ABORT
  | typeof ACK
  | typeof DECISION_REQUEST;

export const messages = [
  VOTE_REQUEST,
  [VOTE_COMMIT, VOTE_ABORT],
  [GLOBAL_COMMIT, GLOBAL_ABORT],
  ACK,
  DECISION_REQUEST,
];

const { role } = rolesOver<Message>();

const coordinator = identity("coordinator");
const COORDINATOR = inState<"INIT" | "WAIT" | "COMMIT" | "ABORT" | "FORGOTTEN">("INIT");
const PARTICIPANT = inState<"INIT" | "READY" | "COMMIT" | "ABORT">("INIT");
export type Coordinator = Step<typeof COORDINATOR, typeof COORDINATOR, Message>;
type Participant = Step<typeof PARTICIPANT, typeof PARTICIPANT, Message>;

/** What makes it safe to presume. */
export interface Rules {
  /** Presumed commit: what is on the disk before anybody is asked. */
  readonly collecting: (c: Coordinator) => Coordinator;
  /** Presumed abort: whose acknowledgements a commit waits for before it is forgotten. */
  readonly acknowledging: (participants: Iterable<Process>) => Iterable<Process>;
}

export const asPublished: Rules = {
  collecting: (c) => c.log("WAIT"),
  acknowledging: (participants) => participants,
};

export const parameters = {
  participants: integer({ default: 2, min: 1, max: 5, help: "participants" }),
  presumption: choice(["abort", "commit"], {
    default: "abort",
    help: "the outcome of a transaction that the coordinator knows nothing of",
  }),
};

/** It is on the disk at the next crash, or it is not. */
const unforced = <L extends Participant | Coordinator>(
  p: L,
  state: "COMMIT" | "ABORT" | "FORGOTTEN",
  then: (p: L) => L,
): Choice<L> => [then(p.log(state as never) as L), then(p.become(state as never) as L)];

export function presuming(
  { participants: count, presumption }: ValuesOf<typeof parameters>,
  { collecting, acknowledging }: Rules,
): readonly Role[] {
  const participants = identities("p", count);
  const presumesAbort = presumption === "abort";
  const presumed = presumesAbort ? GLOBAL_ABORT : GLOBAL_COMMIT;

  const votesAreIn = (c: Coordinator) => c.ignoring(VOTE_COMMIT, VOTE_ABORT);
  const tellAll = (c: Coordinator, decision: typeof presumed) =>
    c.broadcast(participants, decision);
  /** The outcome that must be remembered until everybody has it. */
  const remember = (c: Coordinator, decision: typeof presumed) => {
    const awaited = decision === GLOBAL_COMMIT ? acknowledging(participants) : participants;
    const waiting = tellAll(votesAreIn(c).awaitingAll(awaited), decision);
    return waiting.awaited.isEmpty() ? waiting.become("FORGOTTEN") : waiting;
  };
  const forget = (c: Coordinator) => votesAreIn(c).become("FORGOTTEN").awaitingNobody();

  const commit = (c: Coordinator) => {
    const decided = c.log("COMMIT").decide(COMMIT);
    return presumesAbort
      ? remember(decided, GLOBAL_COMMIT)
      : tellAll(forget(decided), GLOBAL_COMMIT);
  };
  const abort = (c: Coordinator) =>
    presumesAbort
      ? tellAll(forget(c.decide(ABORT)), GLOBAL_ABORT)
      : remember(c.become("ABORT").decide(ABORT), GLOBAL_ABORT);
  const acknowledged = (c: Coordinator, from: Process) => {
    const heard = c.heardFrom(from);
    return heard.awaited.isEmpty() ? unforced(heard, "FORGOTTEN", (f) => f.ignoring(ACK)) : heard;
  };
  /** Answers a question, and reminds those who have not acknowledged. */
  const insist = (decision: typeof presumed) => ({
    ACK: (c: Coordinator, { from }: { readonly from: Process }) => acknowledged(c, from),
    timeout: (c: Coordinator, silent: Process) => c.repeat([silent], decision),
    DECISION_REQUEST: (c: Coordinator, { from }: { readonly from: Process }) =>
      c.repeat([from], decision),
  });

  const done = (p: Participant) => p.awaitingNobody();
  /** Forced and acknowledged, where the coordinator waits for it. */
  const hearCommit = (p: Participant): Choice<Participant> =>
    presumesAbort
      ? done(p.log("COMMIT").decide(COMMIT)).repeat([coordinator], ACK)
      : unforced(p, "COMMIT", (q) => done(q.decide(COMMIT)).ignoring(GLOBAL_COMMIT));
  const hearAbort = (p: Participant): Choice<Participant> =>
    presumesAbort
      ? unforced(p, "ABORT", (q) => done(q.decide(ABORT)).ignoring(GLOBAL_ABORT))
      : done(p.log("ABORT").decide(ABORT)).repeat([coordinator], ACK);
  const voteAbort = (p: Participant): Choice<Participant> => {
    const voted = (q: Participant) =>
      done(q.vote(ABORT).decide(ABORT)).send(coordinator, VOTE_ABORT);
    return presumesAbort ? unforced(p, "ABORT", voted) : voted(p.log("ABORT"));
  };
  const giveUp = (p: Participant) => done(p.log("ABORT").decide(ABORT));
  const ask = (p: Participant) => p.repeat([coordinator], DECISION_REQUEST);
  const acknowledge = (p: Participant) => p.repeat([coordinator], ACK);

  return [
    role("coordinator", {
      processes: [coordinator],
      local: COORDINATOR,
      stable: COORDINATOR,
      states: {
        INIT: {
          start: (c) =>
            (presumesAbort ? c.become("WAIT") : collecting(c))
              .awaitingAll(participants)
              .broadcast(participants, VOTE_REQUEST),
        },
        WAIT: {
          VOTE_COMMIT(c, { from }) {
            const heard = c.heardFrom(from);
            return heard.awaited.isEmpty() ? commit(heard) : heard;
          },
          VOTE_ABORT: abort,
          timeout: abort,
          DECISION_REQUEST: (c, { from }) => c.repeat([from], VOTE_REQUEST),
        },
        COMMIT: insist(GLOBAL_COMMIT),
        ABORT: insist(GLOBAL_ABORT),
        FORGOTTEN: { DECISION_REQUEST: (c, { from }) => c.repeat([from], presumed) },
      },
      recover: {
        // Nobody has been asked, or nobody can have committed.
        INIT: (c) => forget(c.decide(ABORT)),
        WAIT: abort,
        COMMIT: (c) =>
          presumesAbort ? remember(c.decide(COMMIT), GLOBAL_COMMIT) : forget(c.decide(COMMIT)),
      },
    }),

    role("participants", {
      processes: participants,
      local: PARTICIPANT,
      stable: PARTICIPANT,
      initially: (p) => p.awaiting(coordinator),
      states: {
        INIT: {
          VOTE_REQUEST: (p) => [
            p.log("READY").vote(COMMIT).send(coordinator, VOTE_COMMIT),
            ...[voteAbort(p)].flat(),
          ],
          GLOBAL_ABORT: hearAbort,
          timeout: giveUp,
        },
        READY: {
          GLOBAL_COMMIT: hearCommit,
          GLOBAL_ABORT: hearAbort,
          VOTE_REQUEST: (p) => p.repeat([coordinator], VOTE_COMMIT),
          timeout: ask,
        },
        COMMIT: presumesAbort ? { GLOBAL_COMMIT: acknowledge } : {},
        ABORT: {
          VOTE_REQUEST: (p) => p.repeat([coordinator], VOTE_ABORT),
          ...(presumesAbort ? {} : { GLOBAL_ABORT: acknowledge }),
        },
      },
      recover: {
        INIT: (p) => giveUp(p).send(coordinator, VOTE_ABORT),
        READY: (p) => ask(p.awaiting(coordinator)),
        COMMIT: (p) => (presumesAbort ? acknowledge(p) : p).decide(COMMIT),
        ABORT: (p) =>
          (presumesAbort ? p : acknowledge(p)).decide(ABORT).repeat([coordinator], VOTE_ABORT),
      },
    }),
  ];
}

export const source =
  "Mohan, Lindsay & Obermarck, Transaction management in the R* distributed database management system, TODS 1986";

const both = (presumption: "abort" | "commit") => [
  {
    name: `presumed-${presumption}-coordinator-crash`,
    summary: `presumed ${presumption}: the coordinator may crash and does not recover`,
    parameters: { presumption },
    sizes: ["participants"],
    faults: "crash(coordinator)=1",
    expected: { "non-blocking": "violated", termination: "violated" },
  } as const,
  {
    name: `presumed-${presumption}-coordinator-recovery`,
    summary: `presumed ${presumption}: the coordinator may crash and recover, whatever it has forgotten`,
    parameters: { presumption },
    sizes: ["participants"],
    faults: "crash(coordinator)=1, recover=1, detect=arbitrary",
    expected: { "non-blocking": "violated" },
  } as const,
  {
    name: `presumed-${presumption}-participant-recovery`,
    summary: `presumed ${presumption}: a participant may crash and recover, without what it did not force`,
    parameters: { presumption },
    sizes: ["participants"],
    faults: "crash(participants)=1, recover=1, detect=arbitrary",
  } as const,
];

export default defineProtocol({
  name: "two-phase-commit-presumed",
  title: "Two-phase commit with presumed abort and presumed commit",
  source,
  parameters,
  scenarios: [...both("abort"), ...both("commit")],
  roles: (given) => presuming(given, asPublished),
  messages: () => messages,
  properties: (observer) => atomicCommit(observer, observer.inRole("participants")),
});
