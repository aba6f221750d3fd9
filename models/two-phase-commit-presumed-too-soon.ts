/**
 * Presumed abort and presumed commit, broken: the outcome is presumed of transactions of which it is not true.
 *
 * Presumed abort: the coordinator forgets a commit at once, as if it were an abort. A participant that has
 * not heard of the commit asks, and is told to abort.
 *
 * Presumed commit: the coordinator asks for votes before the collecting record is on the disk. It crashes, knows
 * nothing of the transaction any more, and answers commit to whoever asks; but another has voted abort.
 *
 * Everything but these two steps is as in two-phase-commit-presumed.ts.
 */
import { atomicCommit } from "../properties/atomic-commit.js";
import { defineProtocol } from "../src/protocol/index.js";
import {
  messages,
  parameters,
  presuming,
  type Rules,
  source,
} from "./two-phase-commit-presumed.js";

const tooSoon: Rules = {
  collecting: (c) => c.become("WAIT"),
  acknowledging: () => [],
};

export default defineProtocol({
  name: "two-phase-commit-presumed-too-soon",
  title: "Presumed abort and presumed commit, broken: forgotten too soon",
  source,
  parameters,
  scenarios: [
    {
      name: "presumed-abort-participant-recovery",
      summary:
        "a participant is down while the commit is told, and asks when it has been forgotten",
      parameters: { presumption: "abort", participants: 2 },
      faults: "crash(participants)=1, recover=1, detect=arbitrary",
      expected: { agreement: "violated", irrevocability: "violated" },
    },
    {
      name: "presumed-commit-coordinator-recovery",
      summary: "the coordinator crashes after it has asked, and presumes what nobody has decided",
      parameters: { presumption: "commit", participants: 2 },
      faults: "crash(coordinator)=1, recover=1, detect=arbitrary",
      expected: { agreement: "violated", validity: "violated", "non-blocking": "violated" },
    },
  ],
  roles: (given) => presuming(given, tooSoon),
  messages: () => messages,
  properties: (observer) => atomicCommit(observer, observer.inRole("participants")),
});
