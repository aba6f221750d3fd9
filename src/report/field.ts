/** Reads documents that may be anybody's. */
import type { Verdict } from "../check/result.js";
import { type MistakeCode, mistake } from "../model/index.js";

/** @throws Mistake of that code when the text is no JSON. */
export function documentIn(contents: string, file: string, code: MistakeCode): Field {
  let document: unknown;
  try {
    document = JSON.parse(contents);
  } catch (cause) {
    throw mistake(code, { what: "it is not JSON", where: file, cause });
  }
  return new Field(document, "the document", file, code);
}

/** A part of a document that must have a certain form, and knows where it stands when it has not. */
export class Field {
  readonly data: unknown;
  readonly #path: string;
  readonly #file: string;
  readonly #code: MistakeCode;

  constructor(data: unknown, path: string, file: string, code: MistakeCode) {
    this.data = data;
    this.#path = path;
    this.#file = file;
    this.#code = code;
  }

  wrong(what: string) {
    return mistake(this.#code, { what, where: this.#file });
  }

  has(name: string): boolean {
    return typeof this.data === "object" && this.data !== null && Object.hasOwn(this.data, name);
  }

  at(name: string): Field {
    const object = this.object();
    if (!Object.hasOwn(object, name)) throw this.wrong(`${this.#path} has no "${name}"`);
    return this.#part(object[name], `"${name}"`);
  }

  object(): Readonly<Record<string, unknown>> {
    const { data } = this;
    if (typeof data !== "object" || data === null || Array.isArray(data))
      throw this.wrong(`${this.#path} is not an object`);
    return data as Readonly<Record<string, unknown>>;
  }

  list(): Field[] {
    if (!Array.isArray(this.data)) throw this.wrong(`${this.#path} is not a list`);
    return this.data.map((item, i) => this.#part(item, `${this.#path}[${i}]`));
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

  /** A whole number of 0 or more. */
  count(): number {
    if (!Number.isSafeInteger(this.data) || (this.data as number) < 0)
      throw this.wrong(`${this.#path} is not a count`);
    return this.data as number;
  }

  boolean(): boolean {
    if (typeof this.data !== "boolean") throw this.wrong(`${this.#path} is not true or false`);
    return this.data;
  }

  #part(data: unknown, path: string): Field {
    return new Field(data, path, this.#file, this.#code);
  }
}
