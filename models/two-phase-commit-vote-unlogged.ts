/**
 * Two-phase commit, broken: a participant sends its vote first and logs READY afterwards.
 *
 * One that crashes in between has promised to commit, and does not know it: it recovers in INIT and
 * aborts, while the coordinator, which has its vote, tells the others to commit.
 *
 * Everything but this one step is as in two-phase-commit.ts.
 */
import { atomicCommit } from "../properties/atomic-commit.js";
import { COMMIT } from "../properties/deciding.js";
import { defineProtocol } from "../src/protocol/index.js";
import {
  coordinator,
  logFirst,
  messages,
  parameters,
  type Rules,
  source,
  twoPhaseCommit,
  VOTE_COMMIT,
} from "./two-phase-commit.js";

const voteFirst: Rules = {
  ...logFirst,
  voteCommit: (p) =>
    p.become("READY").vote(COMMIT).send(coordinator, VOTE_COMMIT).write({ state: "READY" }),
};

export default defineProtocol({
  name: "two-phase-commit-vote-unlogged",
  title: "Two-phase commit, broken: votes are sent before they are logged",
  source,
  parameters,
  scenarios: [
    {
      name: "participant-crash-recovery",
      summary: "a participant crashes between its vote and its log, and recovers",
      sizes: ["participants"],
      faults: "crash(participants)=1, recover=1",
      expected: { agreement: "violated" },
    },
  ],
  roles: (given) => twoPhaseCommit(given, voteFirst),
  messages: () => messages,
  properties: (observer) => atomicCommit(observer, observer.inRole("participants")),
});
