/**
 * Validity of a commit protocol: commit only if all have voted commit; abort only if some have voted
 * abort or something has failed.
 *
 * Source: Bernstein, Hadzilacos and Goodman, *Concurrency Control and Recovery in Database Systems*,
 * section 7.3 (AC3, AC4).
 */
import { always } from "../src/model/index.js";
import { ABORT, COMMIT, hasDecided, isTrusted, type Voting } from "./deciding.js";

export const validity = <S, P>(model: Voting<S, P>, voters: readonly P[]) => {
  const { processes, decisionsOf, someDecided, proposalOf } = model;
  return always<S>(
    "validity",
    (s) =>
      (!someDecided(s, COMMIT) ||
        voters.every((p) => proposalOf(s, p) === COMMIT || !isTrusted(model, s, p))) &&
      (!someDecided(s, ABORT) ||
        voters.some((p) => proposalOf(s, p) === ABORT) ||
        model.somethingFailed(s)),
    {
      claims:
        "commit only if all have voted commit; abort only if some have voted abort or something has failed",
      // A vote against what was decided is a part of it; a vote that is missing is nobody's step.
      concerns: (s) => [
        ...processes.filter((p) => hasDecided(model, s, p)),
        ...voters.filter((p) => someDecided(s, COMMIT) && proposalOf(s, p) === ABORT),
      ],
      explain: (s) => [
        ...processes.flatMap((p) =>
          [...decisionsOf(s, p)].map((decision) => `${p} has decided ${decision}.`),
        ),
        ...voters.map(
          (p) => `${p} has ${proposalOf(s, p) ? `voted ${proposalOf(s, p)}` : "not voted"}.`,
        ),
      ],
    },
  );
};
