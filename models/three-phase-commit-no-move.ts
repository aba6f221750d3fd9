/**
 * Three-phase commit, broken: a backup coordinator decides by its own state at once, without having all
 * others enter that state first.
 *
 * As long as one process crashes, nothing comes of it. But a backup that is READY aborts, tells nobody any
 * more, and crashes; the next in line has been told to prepare, is in PRECOMMIT, and commits.
 *
 * Everything but this one step is as in three-phase-commit.ts.
 */
import { atomicCommit } from "../properties/atomic-commit.js";
import { defineProtocol } from "../src/protocol/index.js";
import {
  messages,
  parameters,
  type Rules,
  source,
  threePhaseCommit,
} from "./three-phase-commit.js";

const decideAtOnce: Rules = {
  takeOver: (p, _others, conclude) => conclude(p),
};

export default defineProtocol({
  name: "three-phase-commit-no-move",
  title: "Three-phase commit, broken: a backup coordinator decides at once",
  source,
  parameters,
  scenarios: [
    {
      name: "two-crashes",
      summary:
        "the coordinator crashes while it prepares, and the first backup after it has aborted",
      parameters: { participants: 2 },
      faults: "crash=2",
      expected: { agreement: "violated" },
    },
  ],
  roles: (given) => threePhaseCommit(given, decideAtOnce),
  messages: () => messages,
  properties: (observer) => atomicCommit(observer, observer.inRole("participants")),
});
