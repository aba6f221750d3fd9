import type { ParameterValues } from "../src/model/index.js";

/** One line of the benchmark: a model at a size, with all its properties or with none. */
export interface Subject {
  readonly model: string;
  readonly parameters: ParameterValues;
  readonly properties: "all" | "none";
  /** Whether the naive reference explorer finishes within a minute or so. */
  readonly naive: boolean;
  /** Counts known in advance, where they are: a figure for the wrong state space is worth nothing. */
  readonly states?: number;
  readonly transitions?: number;
}

const managers = (rms: number, states: number, transitions: number, naive = false): Subject[] =>
  (["none", "all"] as const).map((properties) => ({
    model: "transaction-commit",
    parameters: { rms },
    properties,
    naive: naive && properties === "none",
    states,
    transitions,
  }));

const participants = (participants: number, naive: boolean): Subject => ({
  model: "two-phase-commit",
  parameters: { participants },
  properties: "all",
  naive,
});

export const SUBJECTS: readonly Subject[] = [
  ...managers(7, 296_448, 2_744_705, true),
  ...managers(8, 1_745_408, 18_507_777),
  ...managers(9, 10_340_352, 123_558_401),
  participants(3, true),
  participants(4, true),
  participants(5, false),
];
