/**
 * Two-phase commit with a participant that aborts and has not voted so: what validity forbids. No
 * shipped model breaks validity, so this is how its own guard ("or something has failed") is put to
 * the test: a crash is allowed here, but the abort comes without any.
 */
import {
  coordinator,
  logFirst,
  parameters,
  type Rules,
  twoPhaseCommit,
  VOTE_ABORT,
} from "../../models/two-phase-commit.js";
import { atomicCommit } from "../../properties/atomic-commit.js";
import { ABORT } from "../../properties/deciding.js";
import { defineProtocol } from "../../src/protocol/index.js";

const neverCommits: Rules = {
  ...logFirst,
  voteCommit: (p) => p.log("ABORT").decide(ABORT).send(coordinator, VOTE_ABORT),
};

export default defineProtocol({
  name: "abort-without-reason",
  title: "Two-phase commit, broken: participants abort and have not voted so",
  source: "the opposite of AC4 in Bernstein, Hadzilacos and Goodman, section 7.3",
  parameters,
  scenarios: [
    {
      name: "coordinator-crash",
      summary: "the coordinator may crash, and need not for a participant to abort",
      sizes: ["participants"],
      faults: "crash(coordinator)=1",
      expected: { validity: "violated", "may-commit": "violated" },
    },
  ],
  roles: (given) => twoPhaseCommit(given, neverCommits),
  properties: (observer) => atomicCommit(observer, observer.inRole("participants")),
});
