/**
 * Non-blocking: from every reachable state, every operational process can still reach a decision, by
 * steps alone: no process that has crashed recovers, and none crashes further.
 *
 * Source: D. Skeen, "Nonblocking commit protocols", SIGMOD 1981.
 */
import { alwaysPossible } from "../src/model/index.js";
import type { Observer, Process, ProtocolState } from "../src/protocol/index.js";
import { hasDecided } from "./deciding.js";
import { whoIsMissing, whyStuck } from "./why-stuck.js";

export const nonBlocking = (observer: Observer) =>
  alwaysPossible<ProtocolState, Process>(
    "non-blocking",
    (s, p) => !observer.isUp(s, p) || hasDecided(observer, s, p) || !observer.isTrusted(s, p),
    {
      by: observer.processes,
      using: ({ kind }) => kind === "step",
      claims:
        "every operational process can still reach a decision without any failed process recovering",
      concerns: (s, p) => [p, ...whoIsMissing(observer, s)],
      explain: (s, p) => whyStuck(observer, s, p as Process, "as long as nobody recovers"),
    },
  );
