import type { ConcurrencyResult, Sighting } from "../check/concurrency-result.js";
import { searchDocument, traceDocument } from "./json.js";

/** One document with everything that is known; docs/formats.md describes its fields. */
export function concurrencyJson(result: ConcurrencyResult): string {
  return `${JSON.stringify(concurrencyDocument(result), null, 2)}\n`;
}

export function concurrencyDocument(result: ConcurrencyResult) {
  return {
    ...searchDocument(result),
    withFailures: result.withFailures,
    voters: result.voters,
    tables: result.tables,
    conditions: result.conditions.map(({ violations, ...condition }) => ({
      ...condition,
      violations: violations.map(({ sightings, ...violation }) => ({
        ...violation,
        sightings: sightings.map(sightingDocument),
      })),
    })),
    obeying: result.obeying,
    disagreement: result.disagreement && sightingDocument(result.disagreement),
    conclusion: result.conclusion,
  };
}

function sightingDocument({ trace, ...sighting }: Sighting) {
  return { ...sighting, trace: traceDocument(trace) };
}
