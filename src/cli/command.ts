import type { Options } from "yargs";
import type { Given } from "./given.js";
import type { Terminal } from "./terminal.js";

/** One word after `faultline`. */
export interface Command {
  /** With its operands in capitals: `check MODEL`. */
  readonly signature: string;
  readonly summary: string;
  readonly examples: readonly (readonly [command: string, what: string])[];
  /** What follows the options in its help. */
  readonly epilogue?: string;
  /** Its options, which may depend on its operands: a model's parameters are options too. */
  options(operands: readonly string[]): Promise<Readonly<Record<string, Options>>>;
  /** @returns the exit status. */
  run(given: Given, terminal: Terminal): Promise<number>;
}

export const operandNames = (signature: string) => signature.split(" ").slice(1);
