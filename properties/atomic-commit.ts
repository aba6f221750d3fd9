/**
 * All that atomic commitment claims, of any protocol: three-phase commit and Paxos Commit are held to the
 * same as two-phase commit.
 */
import type { Property } from "../src/model/index.js";
import type { Observer, Process, ProtocolState } from "../src/protocol/index.js";
import { agreement } from "./agreement.js";
import { irrevocability } from "./irrevocability.js";
import { nonBlocking } from "./non-blocking.js";
import { mayAbort, mayCommit } from "./outcomes.js";
import { termination } from "./termination.js";
import { validity } from "./validity.js";

export const atomicCommit = (
  observer: Observer,
  voters: readonly Process[],
): readonly Property<ProtocolState>[] => [
  agreement(observer),
  validity(observer, voters),
  irrevocability(observer),
  nonBlocking(observer),
  termination(observer),
  mayCommit(observer),
  mayAbort(observer),
];
