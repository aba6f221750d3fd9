/**
 * Uniform agreement: no two processes ever decide differently, those that crashed afterwards included (but
 * not those that have broken their rules: of a liar nothing is claimed).
 *
 * Source: Hadzilacos and Toueg, "A modular approach to fault-tolerant broadcasts and related problems",
 * 1994; for transactions, Gray & Lamport, "Consensus on Transaction Commit", section 2.
 */
import { always } from "../src/model/index.js";
import { ABORT, COMMIT, type Deciding, hasDecided, isTrusted } from "./deciding.js";

/** @param decisions all that may be decided */
export const agreement = <S, P>(
  model: Deciding<S, P>,
  decisions: readonly unknown[] = [COMMIT, ABORT],
) =>
  always<S>(
    "agreement",
    // One process at odds with itself breaks irrevocability, and is no disagreement between two.
    (s) => !severalDecisions(model, s, decisions) || !severalDeciders(model, s),
    {
      claims: "no two processes ever decide differently, those that crashed afterwards included",
      concerns: (s) => model.processes.filter((p) => hasDecided(model, s, p)),
      explain: (s) =>
        model.processes
          .filter((p) => hasDecided(model, s, p) && isTrusted(model, s, p))
          .map((p) => `${p} has decided ${[...model.decisionsOf(s, p)].sort().join(" and ")}.`),
    },
  );

const severalDecisions = <S, P>(
  { someDecided }: Deciding<S, P>,
  s: S,
  decisions: readonly unknown[],
) => decisions.filter((decision) => someDecided(s, decision)).length > 1;

const severalDeciders = <S, P>(model: Deciding<S, P>, s: S) =>
  model.processes.filter((p) => hasDecided(model, s, p) && isTrusted(model, s, p)).length > 1;
