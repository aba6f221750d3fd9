import {
  type ExpectedVerdict,
  type MistakeCode,
  type ParameterValues,
  type Plain,
  type StepEvent,
  toPlain,
} from "../../model/index.js";
import type { CheckResult, PropertyResult, StoppedBy, Trace, Warning } from "../result.js";

/** One setting of one model. */
export interface Cell {
  /** Its place in the plan, from 0. */
  readonly index: number;
  readonly model: string;
  readonly parameters: ParameterValues;
  /** In canonical notation; null for a plain transition system. */
  readonly faults: string | null;
  /** The model's own scenario with this setting, if there is one: then verdicts are expected. */
  readonly scenario: string | null;
  /** The properties that are checked. */
  readonly properties: readonly string[];
  /** Why the model does not take this setting; null where it does. */
  readonly refusal: string | null;
}

/** A step of a trace as data, its state in the form of `toPlain`. */
export interface PlainStep {
  readonly action: string | null;
  readonly state: Plain;
  readonly events: readonly StepEvent[];
}

export interface CellProperty
  extends Omit<PropertyResult, "expected" | "trace" | "witness" | "nearestGood"> {
  /** null where the cell is no scenario: then nothing is known in advance. */
  readonly expected: ExpectedVerdict | null;
  /** The length of the counterexample. */
  readonly steps: number | null;
  readonly trace: readonly PlainStep[] | null;
}

/**
 * What became of a cell, as data: it crosses from process to process, and lies in files. Nothing in it
 * depends on the machine or the time, unless one of them ended the search.
 */
export interface CellResult {
  readonly complete: boolean;
  /** `worker`: the process that searched it died. */
  readonly stoppedBy: StoppedBy | "worker" | null;
  readonly stopNote: string | null;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly properties: readonly CellProperty[];
  readonly warnings: readonly Warning[];
  readonly mistake: { readonly code: MistakeCode; readonly message: string } | null;
}

export function cellResult(result: CheckResult): CellResult {
  const { complete, stoppedBy, stopNote, states, transitions, depth, warnings, mistake } = result;
  return {
    complete,
    stoppedBy,
    stopNote,
    states,
    transitions,
    depth,
    properties: result.properties.map(({ trace, witness: _, nearestGood: __, ...property }) => ({
      ...property,
      expected: result.scenario === null ? null : property.expected,
      steps: trace && trace.length - 1,
      trace: trace && plainTrace(trace),
    })),
    warnings,
    mistake: mistake && { code: mistake.mistake.code, message: mistake.mistake.message },
  };
}

/** Of a cell whose search never came to an end of its own, or could not begin. */
export function withoutResult(
  stop: Pick<CellResult, "stoppedBy" | "stopNote"> & Partial<Pick<CellResult, "mistake">>,
): CellResult {
  return {
    complete: false,
    states: 0,
    transitions: 0,
    depth: 0,
    properties: [],
    warnings: [],
    mistake: null,
    ...stop,
  };
}

function plainTrace(trace: Trace): PlainStep[] {
  return trace.map(({ action, state, events }) => ({ action, state: toPlain(state), events }));
}
