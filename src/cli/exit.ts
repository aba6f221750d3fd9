import type { Outcome } from "../check/index.js";

/** What the process says of a run when it ends; README has the list. */
export const EXIT = {
  asExpected: 0,
  unexpected: 1,
  usage: 2,
  undecided: 3,
  /** A fault of Faultline itself, by the convention of sysexits.h. */
  internal: 70,
  interrupted: 130,
} as const;

const BY_OUTCOME: Readonly<Record<Outcome, number>> = {
  mistake: EXIT.usage,
  interrupted: EXIT.interrupted,
  unexpected: EXIT.unexpected,
  undecided: EXIT.undecided,
  "as-expected": EXIT.asExpected,
};

export const exitCodeOf = (outcome: Outcome): number => BY_OUTCOME[outcome];
