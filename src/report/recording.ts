/** Reads back what the formats `json` and `itf` wrote, as far as it takes to run its traces again. */
import type { RecordedStep } from "../check/replay.js";
import type { Verdict } from "../check/result.js";
import { mistake, type Plain, type StateRecord, toPlain } from "../model/index.js";
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
  let document: unknown;
  try {
    document = JSON.parse(contents);
  } catch (cause) {
    throw mistake("trace-not-read", { what: "it is not JSON", where: file, cause });
  }
  const root = new Field(document, "the document", file);
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

/** A part of a document that must have a certain form, and knows where it stands when it has not. */
class Field {
  readonly data: unknown;
  readonly #path: string;
  readonly #file: string;

  constructor(data: unknown, path: string, file: string) {
    this.data = data;
    this.#path = path;
    this.#file = file;
  }

  wrong(what: string) {
    return mistake("trace-not-read", { what, where: this.#file });
  }

  has(name: string): boolean {
    return typeof this.data === "object" && this.data !== null && Object.hasOwn(this.data, name);
  }

  at(name: string): Field {
    const object = this.object();
    if (!Object.hasOwn(object, name)) throw this.wrong(`${this.#path} has no "${name}"`);
    return new Field(object[name], `"${name}"`, this.#file);
  }

  object(): Readonly<Record<string, unknown>> {
    const { data } = this;
    if (typeof data !== "object" || data === null || Array.isArray(data))
      throw this.wrong(`${this.#path} is not an object`);
    return data as Readonly<Record<string, unknown>>;
  }

  list(): Field[] {
    if (!Array.isArray(this.data)) throw this.wrong(`${this.#path} is not a list`);
    return this.data.map((item, i) => new Field(item, `${this.#path}[${i}]`, this.#file));
  }

  text(): string {
    if (typeof this.data !== "string") throw this.wrong(`${this.#path} is not text`);
    return this.data;
  }

  verdict(): Verdict {
    const text = this.text();
    if (text === "holds" || text === "violated" || text === "undecided") return text;
    throw this.wrong(`${this.#path} is "${text}", which is no verdict`);
  }

  textOrNull(): string | null {
    return this.data === null ? null : this.text();
  }
}
