/**
 * Termination: from every reachable state, every operational process can still reach a decision, now
 * that those which have crashed may recover as far as the scenario lets them; no further failures.
 *
 * Source: Bernstein, Hadzilacos and Goodman, *Concurrency Control and Recovery in Database Systems*,
 * section 7.3 (AC5).
 */
import { alwaysPossible } from "../src/model/index.js";
import type { Observer, Process, ProtocolState } from "../src/protocol/index.js";
import { hasDecided } from "./deciding.js";
import { whoIsMissing, whyStuck } from "./why-stuck.js";

export const termination = (observer: Observer) =>
  alwaysPossible<ProtocolState, Process>(
    "termination",
    (s, p) => !observer.isUp(s, p) || hasDecided(observer, s, p) || !observer.isTrusted(s, p),
    {
      by: observer.processes,
      using: ({ kind }) => kind !== "failure",
      claims:
        "every operational process can still reach a decision once what has failed recovers, if it may",
      concerns: (s, p) => [p, ...whoIsMissing(observer, s)],
      explain: (s, p) => whyStuck(observer, s, p as Process, "even if all recover that may"),
    },
  );
