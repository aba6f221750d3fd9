import type { CheckResult, PropertyResult, SearchResult, Trace } from "../check/result.js";
import { toPlain } from "../model/index.js";
import type { Format } from "./format.js";

/** The version of the document; raised when a field changes its meaning or goes. */
export const JSON_VERSION = 1;

/** One document with everything that is known of a check; `faultline replay` reads it back. */
export const json: Format = {
  name: "json",
  help: "one JSON document, which `faultline replay` reads back",
  render: (result) => `${JSON.stringify(jsonDocument(result), null, 2)}\n`,
};

/** The document as data; docs/formats.md describes its fields. */
export function jsonDocument(result: CheckResult) {
  return {
    ...searchDocument(result),
    properties: result.properties.map(propertyDocument),
    warnings: result.warnings,
  };
}

/** What the documents of all searches share. */
export function searchDocument(result: SearchResult) {
  return {
    version: JSON_VERSION,
    model: result.model,
    title: result.title,
    scenario: result.scenario,
    summary: result.summary,
    parameters: result.parameters,
    faults: result.faults,
    lanes: result.lanes,
    search: result.search,
    complete: result.complete,
    stoppedBy: result.stoppedBy,
    stopNote: result.stopNote,
    states: result.states,
    transitions: result.transitions,
    depth: result.depth,
    modelCalls: result.modelCalls,
    elapsedSeconds: result.elapsedSeconds,
    peakMemoryBytes: result.peakMemoryBytes,
    mistake: result.mistake && {
      code: result.mistake.mistake.code,
      message: result.mistake.mistake.message,
      remedy: result.mistake.mistake.remedy,
      trace: result.mistake.trace && traceDocument(result.mistake.trace),
    },
  };
}

function propertyDocument({ trace, witness, nearestGood, ...property }: PropertyResult) {
  const { name, kind, claims, verdict, expected, shortest, explanation, caughtIn } = property;
  const { causes, nearestNote } = property;
  return {
    name,
    kind,
    claims,
    verdict,
    expected,
    shortest,
    explanation,
    caughtIn,
    causes,
    trace: trace && traceDocument(trace),
    witness: witness && traceDocument(witness),
    nearestGood: nearestGood && {
      parts: nearestGood.parts,
      trace: traceDocument(nearestGood.trace),
    },
    nearestNote,
  };
}

export function traceDocument(trace: Trace) {
  return trace.map(({ action, state, events }) => ({ action, state: toPlain(state), events }));
}
