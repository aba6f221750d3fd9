/** Guards that can be weakened without changing what can happen, and why they are there all the same. */
export interface EquivalentMutant {
  readonly file: string;
  readonly name: string;
  readonly why: string;
}

const DECIDED_BEFORE =
  "A crash does not undo a decision, and none falls between a log and the decision that follows it: who " +
  "finds the decision in its log has made it. It is written for the reader of the page and of a trace.";

const NO_SUCCESSOR =
  "Where there is nothing to do, `then` gives no successor, and that is no step either. The guard spares " +
  "the search what `then` reads: without it two-phase-commit takes a fifth longer.";

const recovery = (role: string, state: "COMMIT" | "ABORT"): EquivalentMutant => ({
  file: "models/two-phase-commit.ts",
  name: `twoPhaseCommit ${role} recover ${state}: without .decide(${state})`,
  why: DECIDED_BEFORE,
});

export const EQUIVALENT: readonly EquivalentMutant[] = [
  recovery("coordinator", "COMMIT"),
  recovery("coordinator", "ABORT"),
  recovery("participants", "COMMIT"),
  recovery("participants", "ABORT"),
  {
    file: "models/two-phase-commit.ts",
    name: "twoPhaseCommit participants recover: without recover.COMMIT",
    why: DECIDED_BEFORE,
  },
  {
    file: "models/two-phase-commit.ts",
    name: "twoPhaseCommit coordinator states WAIT DECISION_REQUEST: repeat → broadcast",
    why:
      "A participant asks once each time that it recovers. Only one that lies without end asks again and " +
      "again; then it keeps the mailbox finite.",
  },
  {
    file: "src/protocol/lowering/crash-points.ts",
    name: 'partsOf "send": to.length > 0 → true',
    why:
      "A message to nobody changes no state. It would be told in a trace: crash-points.test.ts and " +
      "lowering.test.ts notice.",
  },
  {
    file: "src/protocol/lowering/perform.ts",
    name: 'actual: effect.type === "send" → true',
    why: "Only what is sent can be `repeated`; the compiler wants to be told.",
  },
  {
    file: "src/protocol/lowering/step-cut-short.ts",
    name: "stepCutShort when: cuts(s, seized, about, config).length > 0 → true",
    why: NO_SUCCESSOR,
  },
  {
    file: "src/protocol/lowering/whole-step.ts",
    name: "wholeStep when: occasion.steps(occasion.seized(s, about), about, s).length > 0 → true",
    why: NO_SUCCESSOR,
  },
];
