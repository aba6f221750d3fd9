/**
 * Reads failures from text:
 *
 *     faults ::= "none" | clause { "," clause }
 *     clause ::= "crash" [ whom ] "=" number | "recover" [ whom ] "=" number
 *              | "detect" "=" ( "perfect" | "arbitrary" )
 *     whom   ::= "(" ( "any" | role | process ) ")"
 */
import { type Mistake, mistake } from "../model/index.js";
import {
  type Allowance,
  ANYBODY,
  allowanceName,
  canonicalFaults,
  DETECTIONS,
  type Detection,
  FAILURE_KINDS,
  type FailureKind,
  type Faults,
  NO_FAULTS,
} from "./faults.js";

/** A piece of the text, and where it begins. */
interface Token {
  readonly text: string;
  readonly at: number;
}

/**
 * @param names the roles and processes that there are
 * @throws Mistake (faults-syntax) that points at the place
 */
export function parseFaults(text: string, names: Iterable<string>): Faults {
  return new FaultsParser(text, [ANYBODY, ...names]).faults();
}

class FaultsParser {
  readonly #text: string;
  readonly #names: readonly string[];
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(text: string, names: readonly string[]) {
    this.#text = text;
    this.#names = names;
    this.#tokens = [...text.matchAll(/[\p{L}\d_-]+|\S/gu)].map(([text], i, all) => ({
      text,
      at: all[i]!.index,
    }));
  }

  faults(): Faults {
    if (this.#tokens.length === 0) return NO_FAULTS;
    if (this.#tokens.length === 1 && this.#peek.text === "none") return NO_FAULTS;
    const seen = new Set<string>();
    const allowances: Allowance[] = [];
    let detection = NO_FAULTS.detection;
    do {
      const start = this.#peek;
      const clause = this.#clause();
      const name = typeof clause === "string" ? "detect" : allowanceName(clause);
      if (seen.has(name)) throw this.#wrong(start, `"${name}" is given twice`);
      seen.add(name);
      if (typeof clause === "string") detection = clause;
      else allowances.push(clause);
    } while (this.#takes(","));
    if (this.#peek.text !== "")
      throw this.#wrong(this.#peek, `expected "," and not ${this.#shown(this.#peek)}`);
    return canonicalFaults({ allowances, detection });
  }

  #clause(): Allowance | Detection {
    const kind = this.#word([...FAILURE_KINDS, "detect"], "a failure");
    if (kind === "detect") {
      this.#expect("=");
      return this.#word(DETECTIONS, "how failures are detected");
    }
    return { kind: kind as FailureKind, who: this.#whom(), budget: this.#budget() };
  }

  #whom(): string {
    if (!this.#takes("(")) return ANYBODY;
    const who = this.#word(this.#names, "a role or a process");
    this.#expect(")");
    return who;
  }

  #budget(): number {
    this.#expect("=");
    const token = this.#next();
    if (!/^\d{1,6}$/.test(token.text))
      throw this.#wrong(token, `expected how many times, and not ${this.#shown(token)}`);
    return Number(token.text);
  }

  #word<W extends string>(words: readonly W[], what: string): W {
    const token = this.#next();
    const word = words.find((w) => w === token.text);
    if (word === undefined)
      throw this.#wrong(
        token,
        `${this.#shown(token)} is not ${what}; there is ${words.join(", ")}`,
      );
    return word;
  }

  #expect(symbol: string): void {
    const token = this.#next();
    if (token.text !== symbol)
      throw this.#wrong(token, `expected "${symbol}" and not ${this.#shown(token)}`);
  }

  #takes(symbol: string): boolean {
    if (this.#peek.text !== symbol) return false;
    this.#position++;
    return true;
  }

  get #peek(): Token {
    return this.#tokens[this.#position] ?? { text: "", at: this.#text.length };
  }

  #next(): Token {
    const token = this.#peek;
    this.#position++;
    return token;
  }

  #shown({ text }: Token): string {
    return text === "" ? "the end" : `"${text}"`;
  }

  #wrong({ at }: Token, what: string): Mistake {
    return mistake("faults-syntax", {
      what,
      where: `at position ${at + 1} of "${this.#text}"`,
    });
  }
}
