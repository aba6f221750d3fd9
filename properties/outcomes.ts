/** Both outcomes can come about, so that a protocol that does nothing, or always aborts, fails. */
import { sometimes } from "../src/model/index.js";
import { ABORT, COMMIT, type Deciding } from "./deciding.js";

const everybodyDecides = <S, P>(
  name: string,
  decision: string,
  { processes, decisionsOf }: Deciding<S, P>,
) =>
  sometimes<S>(name, (s) => processes.every((p) => decisionsOf(s, p).has(decision)), {
    claims: `all processes can ${decision}`,
  });

export const mayCommit = <S, P>(model: Deciding<S, P>) =>
  everybodyDecides("may-commit", COMMIT, model);

export const mayAbort = <S, P>(model: Deciding<S, P>) =>
  everybodyDecides("may-abort", ABORT, model);
