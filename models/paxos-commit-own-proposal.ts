/**
 * Paxos Commit, broken: a leader that takes over proposes to abort, whatever the acceptors have told it.
 *
 * The first leader has found that all are prepared, has committed, and crashes before it has told anybody. The
 * second one is told so by every acceptor that it asks, and lets them accept the abort all the same.
 *
 * Everything but this one step is as in paxos-commit.ts.
 */
import { atomicCommit } from "../properties/atomic-commit.js";
import { ABORT } from "../properties/deciding.js";
import { defineProtocol } from "../src/protocol/index.js";
import { parameters, paxosCommit, type Rules, source } from "./paxos-commit.js";

const ownProposal: Rules = { proposal: () => ABORT };

export default defineProtocol({
  name: "paxos-commit-own-proposal",
  title: "Paxos Commit, broken: a leader proposes what it likes",
  source,
  parameters,
  scenarios: [
    {
      name: "leader-crash",
      summary: "a leader crashes after it has committed, and the other one aborts",
      sizes: ["rms"],
      faults: "crash(leaders)=1",
      expected: { agreement: "violated" },
    },
  ],
  roles: (given) => paxosCommit(given, ownProposal),
  properties: (observer) =>
    atomicCommit(
      { ...observer, processes: [...observer.inRole("leaders"), ...observer.inRole("rms")] },
      observer.inRole("rms"),
    ),
});
