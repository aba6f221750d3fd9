/**
 * Paxos Commit: the votes are not told to one coordinator, but each is decided by an instance of Paxos among
 * 2F + 1 acceptors. As long as F + 1 of these are up, any leader can find out what has been decided.
 *
 * Source: J. Gray and L. Lamport, "Consensus on Transaction Commit", ACM TODS 31(1), 2006, sections 4 and 5,
 * with its optimisations: a resource manager that is prepared says so to the acceptors itself (phase 2a of
 * ballot 0), and an acceptor sends its phase 2b messages of all instances together.
 *
 *   leader        INIT ──────▶ WAIT        asks the resource managers to prepare
 *                 INIT ──────▶ ASKING      takes over from a leader that is down: phase 1a of its ballot
 *                 INIT ──────▶ COMMIT      hears of a commit from the other leader
 *                 INIT ──────▶ ABORT       hears of an abort, from the other leader or a resource manager
 *                 WAIT ──────▶ COMMIT      a majority has accepted that all are prepared
 *                 WAIT ──────▶ ABORT       a resource manager has aborted
 *                 WAIT ──────▶ ASKING      a resource manager is down: phase 1a of its ballot
 *                 ASKING ────▶ PROPOSING   a majority has promised: phase 2a
 *                 ASKING ────▶ ABORT       a resource manager has aborted
 *                 PROPOSING ─▶ COMMIT      a majority has accepted
 *                 PROPOSING ─▶ ABORT       a majority has accepted, or a resource manager has aborted
 *
 *   rms           INIT ──────▶ READY       is prepared, and says so to all acceptors
 *                 INIT ──────▶ ABORT       chooses to abort, or is not asked
 *                 READY ─────▶ COMMIT      hears of a commit
 *                 READY ─────▶ ABORT       hears of an abort
 *
 * How the instances are said together:
 *   - In ballots above 0 a leader proposes a value for every instance at once, so that what it proposes is
 *     that all are prepared (commit) or that some are not (abort). An instance in which no acceptor of a
 *     majority has accepted anything is proposed as aborted, so a commit is proposed only where all are found
 *     prepared.
 *   - A resource manager that chooses to abort need not ask the acceptors: only it could have proposed
 *     Prepared in ballot 0. It tells the leaders, who abort.
 *
 * Assumed: two leaders, of which the second takes over when the first is down. Leader k has ballot k, once. (A
 * leader that could be overtaken again and again would need more: that is Paxos's duel, and its own model.)
 * With timeouts that mean nothing (detect=arbitrary) all holds as well: 476,553 states with one resource manager.
 * Leaders do not recover; acceptors and resource managers do, by their logs.
 */
import { Record, Set } from "immutable";
import { atomicCommit } from "../properties/atomic-commit.js";
import { ABORT, COMMIT } from "../properties/deciding.js";
import { type Identity, identities, integer, type ValuesOf } from "../src/model/index.js";
import {
  defineProtocol,
  inState,
  message,
  oneOf,
  type Process,
  postpone,
  type Role,
  rolesOver,
  type StableRecord,
  type Step,
  signal,
} from "../src/protocol/index.js";

type Outcome = typeof COMMIT | typeof ABORT;

const PREPARE = signal("PREPARE");
const VOTE_ABORT = signal("VOTE_ABORT");
/** Phase 2a of ballot 0, of the instance of whoever sends it. */
const PREPARED = signal("PREPARED");
const PHASE_1A = message("PHASE_1A", { ballot: 0 });
const PHASE_1B = message("PHASE_1B", {
  ballot: 0,
  /** The highest ballot in which something has been accepted, and what; of ballot 0, who is prepared. */
  accepted: 0,
  outcome: null as Outcome | null,
  prepared: Set<Process>(),
});
const PHASE_2A = message("PHASE_2A", { ballot: 0, outcome: ABORT as Outcome });
const PHASE_2B = message("PHASE_2B", { ballot: 0, outcome: ABORT as Outcome });
const GLOBAL_COMMIT = signal("GLOBAL_COMMIT");
const GLOBAL_ABORT = signal("GLOBAL_ABORT");
const DECISION_REQUEST = signal("DECISION_REQUEST");
export type Promised = ReturnType<typeof PHASE_1B>;
type Message =
  | typeof PREPARE
  | typeof VOTE_ABORT
  | typeof PREPARED
  | ReturnType<typeof PHASE_1A>
  | Promised
  | ReturnType<typeof PHASE_2A>
  | ReturnType<typeof PHASE_2B>
  | typeof GLOBAL_COMMIT
  | typeof GLOBAL_ABORT
  | typeof DECISION_REQUEST;

const { role } = rolesOver<Message>();

type LeaderState = "INIT" | "WAIT" | "ASKING" | "PROPOSING" | "COMMIT" | "ABORT";
class LeaderRecord extends Record(
  {
    state: "INIT" as LeaderState,
    /** Phase 1b messages of its ballot, by acceptor. */
    promises: Set<Promised>(),
    /** Acceptors that have promised, or accepted, in the phase at hand. */
    answered: Set<Process>(),
  },
  "Leader",
) {}
/** What an acceptor never forgets. */
class AcceptorRecord extends Record(
  {
    promised: 0,
    accepted: 0,
    outcome: null as Outcome | null,
    prepared: Set<Process>(),
  },
  "Acceptor",
) {}
const RESOURCE_MANAGER = inState<"INIT" | "READY" | "COMMIT" | "ABORT">("INIT");
type Leader = Step<LeaderRecord, StableRecord, Message>;
type ResourceManager = Step<typeof RESOURCE_MANAGER, typeof RESOURCE_MANAGER, Message>;

/** The step on which agreement rests. */
export interface Rules {
  /** What a leader proposes, by what a majority of acceptors has told it. */
  readonly proposal: (promises: Set<Promised>, rms: Set<Process>) => Outcome;
}

export const asFound: Rules = {
  proposal(promises, rms) {
    const latest = promises.maxBy(({ accepted }) => accepted)!;
    if (latest.outcome !== null) return latest.outcome;
    const prepared = promises.flatMap((promise) => promise.prepared);
    return prepared.isSuperset(rms) ? COMMIT : ABORT;
  },
};

export const parameters = {
  rms: integer({ default: 2, min: 1, max: 4, help: "resource managers" }),
  acceptors: integer({ default: 3, min: 1, max: 5, help: "acceptors, 2F + 1" }),
};

export function paxosCommit(
  { rms: count, acceptors: acceptorCount }: ValuesOf<typeof parameters>,
  { proposal }: Rules,
): readonly Role[] {
  const rms: Set<Process> = identities("rm", count);
  const acceptors: Set<Process> = identities("acceptor", acceptorCount);
  const leaders: Set<Process> = identities("leader", 2);
  const [first] = leaders as unknown as [Process];
  const majority = Math.floor(acceptorCount / 2) + 1;
  const ballotOf = (leader: Process) => (leader as Identity).index + 1;
  /** Who hears what is accepted in a ballot. */
  const leaderOf = (ballot: number) => [...leaders][Math.max(ballot, 1) - 1]!;

  const outcomes = [COMMIT, ABORT] as const;
  /** All that an acceptor may answer to a leader. */
  const answers = leaders.toArray().flatMap((leader) => {
    const ballot = ballotOf(leader);
    const earlier = Array.from({ length: ballot }, (_, accepted) => accepted);
    return [
      ...outcomes.map((outcome) => PHASE_2B({ ballot, outcome })),
      ...earlier.flatMap((accepted) =>
        accepted === 0
          ? subsets(rms).map((prepared) => PHASE_1B({ ballot, prepared }))
          : outcomes.map((outcome) => PHASE_1B({ ballot, accepted, outcome })),
      ),
    ];
  });
  const nobodyMatters = [
    ...answers,
    PHASE_2B({ ballot: 0, outcome: COMMIT }),
    ...[VOTE_ABORT, GLOBAL_COMMIT, GLOBAL_ABORT],
  ];

  const decided = (l: Leader, outcome: Outcome) =>
    l
      .become(outcome === COMMIT ? "COMMIT" : "ABORT", { promises: Set(), answered: Set() })
      .decide(outcome)
      .ignoring(...nobodyMatters);
  const told = (outcome: Outcome) => (outcome === COMMIT ? GLOBAL_COMMIT : GLOBAL_ABORT);
  const tellAll = (l: Leader, outcome: Outcome) =>
    l.repeat([...rms, ...l.others(leaders)], told(outcome));
  const conclude = (l: Leader, outcome: Outcome) =>
    tellAll(decided(l.awaitingNobody(), outcome), outcome);
  /** Phase 1a. */
  const ask = (l: Leader) =>
    l
      .become("ASKING", { answered: Set() })
      .awaitingNobody()
      .broadcast(acceptors, PHASE_1A({ ballot: ballotOf(l.self) }));
  const abortedByOne = (l: Leader) => conclude(l, ABORT);
  /** One that only stands by tells nobody, as long as the other is up; if it goes down, nobody knows whom it told. */
  const hears = (outcome: Outcome) => (l: Leader) =>
    l.awaited.has(first) ? decided(l, outcome) : conclude(l, outcome);
  const undecided = {
    VOTE_ABORT: abortedByOne,
    GLOBAL_COMMIT: hears(COMMIT),
    GLOBAL_ABORT: hears(ABORT),
    DECISION_REQUEST: postpone,
  };
  /** It has told everybody, or waits for whoever should have. */
  const finished = (outcome: Outcome) => ({
    timeout: (l: Leader) => tellAll(l.awaitingNobody(), outcome),
    DECISION_REQUEST: (l: Leader, { from }: { readonly from: Process }) =>
      l.repeat([from], told(outcome)),
  });

  /** What is said in lower ballots, and comes too late. */
  const lower = (ballot: number) =>
    Array.from({ length: ballot - 1 }, (_, i) => i + 1).flatMap((b) => [
      PHASE_1A({ ballot: b }),
      ...outcomes.map((outcome) => PHASE_2A({ ballot: b, outcome })),
    ]);

  const commit = (r: ResourceManager) =>
    r.log("COMMIT").awaitingNobody().decide(COMMIT).ignoring(GLOBAL_COMMIT, GLOBAL_ABORT);
  const abort = (r: ResourceManager) =>
    r.log("ABORT").awaitingNobody().decide(ABORT).ignoring(GLOBAL_COMMIT, GLOBAL_ABORT);
  const chooseToAbort = (r: ResourceManager) => abort(r).broadcast(leaders, VOTE_ABORT);

  return [
    role("leaders", {
      processes: leaders,
      local: new LeaderRecord(),
      initially: (l) => (l.self.equals(first) ? l : l.awaiting(first)),
      states: {
        INIT: {
          start: (l) =>
            l.self.equals(first)
              ? l.become("WAIT").awaitingAll(rms).broadcast(rms, PREPARE)
              : postpone(),
          timeout: ask,
          ...undecided,
        },
        WAIT: {
          PHASE_2B(l, { from }) {
            const answered = l.local.answered.add(from);
            return answered.size < majority ? l.set({ answered }) : conclude(l, COMMIT);
          },
          timeout: ask,
          ...undecided,
        },
        ASKING: {
          PHASE_1B(l, { from, message: promise }) {
            const answered = l.local.answered.add(from);
            const promises = l.local.promises.add(promise);
            if (answered.size < majority) return l.set({ answered, promises });
            const outcome = proposal(promises, rms);
            return l
              .become("PROPOSING", { answered: Set(), promises: Set() })
              .broadcast(acceptors, PHASE_2A({ ballot: ballotOf(l.self), outcome }));
          },
          ...undecided,
        },
        PROPOSING: {
          PHASE_2B(l, { from, message: { ballot, outcome } }) {
            if (ballot !== ballotOf(l.self)) return l;
            const answered = l.local.answered.add(from);
            return answered.size < majority ? l.set({ answered }) : conclude(l, outcome);
          },
          ...undecided,
        },
        COMMIT: finished(COMMIT),
        ABORT: finished(ABORT),
      },
    }),

    role("acceptors", {
      processes: acceptors,
      stable: new AcceptorRecord(),
      on: {
        PREPARED(a, { from }) {
          const prepared = a.stable.prepared.add(from);
          const accepted = a.write({ prepared });
          return prepared.isSuperset(rms)
            ? accepted.send(leaderOf(0), PHASE_2B({ ballot: 0, outcome: COMMIT }))
            : accepted;
        },
        PHASE_1A(a, { from, message: { ballot } }) {
          const { promised, accepted, outcome, prepared } = a.stable;
          if (ballot <= promised) return a;
          return a
            .write({ promised: ballot })
            .ignoring(PREPARED, ...lower(ballot))
            .send(from, PHASE_1B({ ballot, accepted, outcome, prepared }));
        },
        PHASE_2A(a, { message: { ballot, outcome } }) {
          if (ballot < a.stable.promised) return a;
          return a
            .write({ promised: ballot, accepted: ballot, outcome, prepared: Set() })
            .ignoring(PREPARED, ...lower(ballot))
            .send(leaderOf(ballot), PHASE_2B({ ballot, outcome }));
        },
      },
    }),

    role("rms", {
      processes: rms,
      local: RESOURCE_MANAGER,
      stable: RESOURCE_MANAGER,
      initially: (r) => r.awaiting(first),
      states: {
        INIT: {
          PREPARE: (r) =>
            oneOf(
              r.log("READY").awaitingNobody().vote(COMMIT).broadcast(acceptors, PREPARED),
              chooseToAbort(r.vote(ABORT)),
            ),
          timeout: chooseToAbort,
          GLOBAL_ABORT: abort,
        },
        READY: {
          GLOBAL_COMMIT: commit,
          GLOBAL_ABORT: abort,
        },
      },
      recover: {
        INIT: chooseToAbort,
        // Some acceptors may not have heard that it is prepared.
        READY: (r) => r.repeat(acceptors, PREPARED).broadcast(leaders, DECISION_REQUEST),
        COMMIT: (r) => r.decide(COMMIT),
        ABORT: (r) => r.decide(ABORT).repeat(leaders, VOTE_ABORT),
      },
    }),
  ];
}

const subsets = (items: Set<Process>): readonly Set<Process>[] => {
  const all = items.toArray();
  return Array.from({ length: 2 ** all.length }, (_, chosen) =>
    Set(all.filter((_, bit) => (chosen & (1 << bit)) !== 0)),
  );
};

export const source =
  "Gray & Lamport, Consensus on Transaction Commit, ACM TODS 31(1), 2006, sections 4 and 5";

export default defineProtocol({
  name: "paxos-commit",
  title: "Paxos Commit: 2F + 1 acceptors in place of one coordinator",
  source,
  parameters,
  scenarios: [
    {
      name: "leader-and-acceptor-crash",
      summary: "a leader and F = 1 acceptor may crash: the other leader finds out what was decided",
      sizes: ["rms"],
      faults: "crash(leaders)=1, crash(acceptors)=1",
    },
    {
      name: "no-failures",
      summary: "nothing fails",
      sizes: ["rms"],
    },
    {
      name: "leader-crash",
      summary: "a leader may crash",
      sizes: ["rms"],
      faults: "crash(leaders)=1",
    },
    {
      name: "resource-manager-crash",
      summary: "a resource manager may crash: if nothing is known of it, it is taken to abort",
      sizes: ["rms"],
      faults: "crash(rms)=1",
    },
    {
      name: "one-of-each-crash",
      summary: "a leader, an acceptor and a resource manager may crash",
      parameters: { rms: 1 },
      faults: "crash(leaders)=1, crash(acceptors)=1, crash(rms)=1",
    },
    {
      name: "acceptor-and-resource-manager-recovery",
      summary: "an acceptor and a resource manager may crash, and one of them recover by its log",
      parameters: { rms: 1 },
      faults: "crash(acceptors)=1, crash(rms)=1, recover=1",
    },
    {
      name: "two-acceptors-crash",
      summary: "F + 1 acceptors may crash, and a leader: whoever is left agrees, and is blocked",
      parameters: { rms: 1 },
      faults: "crash(leaders)=1, crash(acceptors)=2",
      expected: { "non-blocking": "violated", termination: "violated" },
    },
    {
      name: "false-suspicion",
      summary: "a process is suspected wrongly: two leaders at once, and no harm done",
      sizes: ["rms"],
      faults: "suspect=1",
    },
  ],
  roles: (given) => paxosCommit(given, asFound),
  properties: (observer) =>
    atomicCommit(
      { ...observer, processes: [...observer.inRole("leaders"), ...observer.inRole("rms")] },
      observer.inRole("rms"),
    ),
});
