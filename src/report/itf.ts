/**
 * The Informal Trace Format of Apalache and Quint (Apalache's ADR 015): a trace as JSON in which
 * sets, maps and whole numbers keep their kind. Identities are text, as constants are there.
 */
import { isCollection, isKeyed, isRecord, isSet } from "immutable";
import type { CheckResult } from "../check/result.js";
import { entriesInOrder, fieldsOf, Identity, membersInOrder, type Plain } from "../model/index.js";
import type { Format } from "./format.js";
import { onlyTrace } from "./traces.js";

export const itf: Format = {
  name: "itf",
  help: "one trace in the Informal Trace Format that Apalache and Quint read",
  render: (result) => `${JSON.stringify(itfDocument(result), null, 2)}\n`,
};

/** A file holds one trace; without any it has no states, and says what the verdicts are. */
function itfDocument(result: CheckResult) {
  const { model, scenario, parameters, faults, properties } = result;
  const chosen = onlyTrace(result);
  const trace = chosen?.trace ?? [];
  return {
    "#meta": {
      format: "ITF",
      "format-description": "https://apalache-mc.org/docs/adr/015adr-trace.html",
      description: chosen
        ? `${chosen.properties.map(({ name, verdict }) => `${name}: ${verdict}`).join(", ")}`
        : "no property has a trace",
      source: model,
      scenario,
      parameters,
      faults,
      property: chosen?.properties[0]?.name ?? null,
      verdicts: Object.fromEntries(properties.map(({ name, verdict }) => [name, verdict])),
    },
    vars: trace[0] ? fieldsOf(trace[0].state) : [],
    states: trace.map(({ action, state }, index) => ({
      "#meta": { index, action },
      ...itfState(state),
    })),
  };
}

/** The variables of a state by name. */
export function itfState(state: object): { readonly [variable: string]: Plain } {
  const record = state as { get(field: string): unknown };
  return Object.fromEntries(fieldsOf(state).map((field) => [field, itfValue(record.get(field))]));
}

function itfValue(value: unknown): Plain {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (Number.isInteger(value) || typeof value === "bigint") return { "#bigint": String(value) };
  if (value instanceof Identity) return value.name;
  if (isRecord(value)) return itfState(value);
  if (isCollection(value)) {
    if (isKeyed(value)) {
      const entries = entriesInOrder(value as Iterable<[unknown, unknown]>);
      return { "#map": entries.map(([key, inner]) => [itfValue(key), itfValue(inner)]) };
    }
    const members = membersInOrder(value as Iterable<unknown>).map(itfValue);
    return isSet(value) ? { "#set": members } : members;
  }
  // null, undefined, fractions: the format has no word for them but this.
  return { "#unserializable": String(value) };
}
