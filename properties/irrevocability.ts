/**
 * Irrevocability: no decision is ever changed. A claim about steps, because no single state shows that a
 * decision used to be another one.
 *
 * Source: Gray & Lamport, "Consensus on Transaction Commit", section 2 (stability).
 */
import { alwaysStep } from "../src/model/index.js";
import { type Deciding, isTrusted } from "./deciding.js";

export const irrevocability = <S, P>(model: Deciding<S, P>) => {
  const { processes, decisionsOf } = model;
  return alwaysStep<S, P>(
    "irrevocability",
    (before, after, p) => {
      const decided = decisionsOf(before, p);
      const still = decisionsOf(after, p);
      return (
        decided.isEmpty() ||
        !isTrusted(model, after, p) ||
        (decided.every((decision) => still.has(decision)) &&
          still.every((decision) => decided.has(decision)))
      );
    },
    {
      by: processes,
      claims: "no process ever changes its decision",
      concerns: (_, p) => [p],
      explain: (after, p) => [
        `${p} has decided ${[...decisionsOf(after, p as P)].join(" and ") || "nothing any more"}.`,
      ],
    },
  );
};
