import type { CheckResult } from "../check/result.js";

/** How a report for a person is laid out; documents for programs do not look at it. */
export interface Appearance {
  readonly color: boolean;
  /** Columns. */
  readonly width: number;
}

export const PLAIN: Appearance = { color: false, width: 80 };

/** One way to print a result. */
export interface Format {
  readonly name: string;
  /** For the command line's help. */
  readonly help: string;
  readonly render: (result: CheckResult, appearance?: Appearance) => string;
}
