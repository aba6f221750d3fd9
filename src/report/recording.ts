/** Reads back what the formats `json` and `itf` wrote, as far as it takes to run its traces again. */
import type { RecordedStep } from "../check/replay.js";
import type { Verdict } from "../check/result.js";
import { type Plain, type StateRecord, toPlain } from "../model/index.js";
import { documentIn, type Field } from "./field.js";
import { itfState } from "./itf.js";
import { JSON_VERSION } from "./json.js";

export interface RecordedTrace {
  readonly property: string;
  readonly verdict: Verdict;
  readonly steps: readonly RecordedStep[];
}

export interface Recording {
  readonly model: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly faults: string | null;
  readonly traces: readonly RecordedTrace[];
  /** How its states were written. */
  readonly encode: (state: StateRecord) => Plain;
}

/** @throws Mistake (trace-not-read) saying what is missing. */
export function readRecording(contents: string, file: string): Recording {
  const root = documentIn(contents, file, "trace-not-read");
  return root.has("#meta") ? readItf(root) : readJson(root);
}

function readJson(root: Field): Recording {
  const version = root.at("version").data;
  if (version !== JSON_VERSION)
    throw root.wrong(`its version is ${JSON.stringify(version)}, where ${JSON_VERSION} is read`);
  return {
    ...setting(root, "model"),
    traces: root
      .at("properties")
      .list()
      .flatMap((property) =>
        [property.at("trace"), property.at("witness")]
          .filter(({ data }) => data !== null)
          .map((trace) => ({
            property: property.at("name").text(),
            verdict: property.at("verdict").verdict(),
            steps: trace.list().map((step) => ({
              action: step.at("action").textOrNull(),
              state: step.at("state").data as Plain,
            })),
          })),
      ),
    encode: toPlain,
  };
}

function readItf(root: Field): Recording {
  const meta = root.at("#meta");
  const property = meta.at("property").textOrNull();
  const steps = root.at("states").list();
  return {
    ...setting(meta, "source"),
    traces:
      property === null
        ? []
        : [
            {
              property,
              verdict: meta.at("verdicts").at(property).verdict(),
              steps: steps.map((step) => {
                const { "#meta": _, ...state } = step.object();
                return {
                  action: step.at("#meta").at("action").textOrNull(),
                  state: state as Plain,
                };
              }),
            },
          ],
    encode: itfState,
  };
}

function setting(at: Field, model: string) {
  return {
    model: at.at(model).text(),
    parameters: at.at("parameters").object(),
    faults: at.at("faults").textOrNull(),
  };
}
