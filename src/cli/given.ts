import { UsageError, unknown } from "./usage.js";

/** What was given on the command line, each value as its text until it is asked for as more. */
export class Given {
  readonly operands: readonly string[];
  readonly #options: Readonly<Record<string, unknown>>;

  constructor(operands: readonly string[], options: Readonly<Record<string, unknown>>) {
    this.operands = operands;
    this.#options = options;
  }

  text(name: string): string | undefined {
    const value = this.#options[name];
    if (Array.isArray(value)) throw new UsageError(`--${name} is given twice`);
    return value === undefined ? undefined : String(value);
  }

  /** Each text of an option that may be given several times. */
  texts(name: string): readonly string[] | undefined {
    const values = this.#options[name];
    return values === undefined ? undefined : [values].flat().map(String);
  }

  flag(name: string): boolean {
    return this.#options[name] === true;
  }

  /** Each of the names that were given, also several in one, with commas between them. */
  names(name: string): readonly string[] | undefined {
    const values = this.#options[name];
    if (values === undefined) return undefined;
    const names = [values].flat().flatMap((value) => String(value).split(","));
    return names.filter((value) => value !== "");
  }

  word<W extends string>(name: string, words: readonly W[]): W | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const word = words.find((known) => known === value);
    if (word === undefined) throw unknown(name, value, words);
    return word;
  }

  /** `what` completes "must be". */
  number(name: string, what: string, allowed: (n: number) => boolean): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const number = value.trim() === "" ? Number.NaN : Number(value);
    if (!Number.isFinite(number) || !allowed(number))
      throw new UsageError(`--${name} is "${value}", and must be ${what}`);
    return number;
  }
}
