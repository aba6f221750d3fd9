/**
 * Two-phase commit, broken: the coordinator tells its decision first and logs it afterwards.
 *
 * One that crashes in between has let some participants commit, and does not know it: it recovers in
 * WAIT, asks for the votes again, and aborts when one is late.
 *
 * Everything but this one step is as in two-phase-commit.ts. Timeouts are arbitrary here: those who have
 * committed do not vote again, but they are up, so that a perfect detector would never end the wait.
 */
import { atomicCommit } from "../properties/atomic-commit.js";
import { COMMIT } from "../properties/deciding.js";
import { defineProtocol } from "../src/protocol/index.js";
import {
  GLOBAL_COMMIT,
  logFirst,
  messages,
  parameters,
  type Rules,
  source,
  twoPhaseCommit,
  votesAreIn,
} from "./two-phase-commit.js";

const tellFirst: Rules = {
  ...logFirst,
  decideCommit: (c, participants) =>
    votesAreIn(
      c
        .become("COMMIT")
        .decide(COMMIT)
        .broadcast(participants, GLOBAL_COMMIT)
        .write({ state: "COMMIT" }),
    ),
};

export default defineProtocol({
  name: "two-phase-commit-decision-unlogged",
  title: "Two-phase commit, broken: the decision is told before it is logged",
  source,
  parameters,
  scenarios: [
    {
      name: "coordinator-crash-recovery",
      summary: "the coordinator crashes between telling its decision and logging it, and recovers",
      sizes: ["participants"],
      faults: "crash(coordinator)=1, recover=1, detect=arbitrary",
      expected: { agreement: "violated", irrevocability: "violated", "non-blocking": "violated" },
    },
  ],
  roles: (given) => twoPhaseCommit(given, tellFirst),
  messages: () => messages,
  properties: (observer) => atomicCommit(observer, observer.inRole("participants")),
});
