/**
 * Reads failures from text:
 *
 *     faults  ::= "none" | clause { "," clause }
 *     clause  ::= failure [ whom ] "=" budget | setting "=" word
 *     whom    ::= "(" [ number "of" ] ( "any" | role | process ) ")"
 *     budget  ::= number | "unlimited" | "permanent"
 *
 * where a failure is one of FAILURE_KINDS, and a setting one of SETTINGS with one of its words.
 */
import { type Mistake, mistake } from "../../model/index.js";
import {
  type Allowance,
  ANYBODY,
  allowanceName,
  type Budget,
  canonicalFaults,
  FAILURE_KINDS,
  type FailureKind,
  type Faults,
  NO_FAULTS,
  SETTINGS,
  type SettingName,
} from "./faults.js";
import { canLast, strikesSomebody } from "./lifetimes.js";

/** A piece of the text, and where it begins. */
interface Token {
  readonly text: string;
  readonly at: number;
}

const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

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
  readonly #allowances: Allowance[] = [];
  readonly #setting: { [S in SettingName]: string } = { ...NO_FAULTS.setting };
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
    do {
      const start = this.#peek;
      const name = this.#clause();
      if (seen.has(name)) throw this.#wrong(start, `"${name}" is given twice`);
      seen.add(name);
    } while (this.#takes(","));
    if (this.#peek.text !== "")
      throw this.#wrong(this.#peek, `expected "," and not ${this.#shown(this.#peek)}`);
    return canonicalFaults({
      allowances: this.#allowances,
      setting: this.#setting as Faults["setting"],
    });
  }

  /** @returns what may not be given again. */
  #clause(): string {
    const start = this.#peek;
    const word = this.#word([...FAILURE_KINDS, ...SETTING_NAMES], "a failure");
    if (isSetting(word)) {
      this.#expect("=");
      this.#setting[word] = this.#word(SETTINGS[word], `a value of ${word}`);
      return word;
    }
    const allowance = this.#allowance(word);
    const rival = this.#allowances.find((other) => areRivals(other, allowance));
    if (rival)
      throw this.#wrong(
        start,
        `"${allowanceName(allowance)}" and "${allowanceName(rival)}" cannot both be given: whom each strikes would not be clear`,
      );
    this.#allowances.push(allowance);
    return allowanceName(allowance);
  }

  #allowance(kind: FailureKind): Allowance {
    const start = this.#peek;
    const whom = this.#whom();
    if (!strikesSomebody(kind) && (whom.who !== ANYBODY || whom.atMost !== null))
      throw this.#wrong(
        start,
        `${kind} is for the whole network, not for a process; send-omission and receive-omission strike one`,
      );
    if (whom.atMost !== null && kind.endsWith("partition"))
      throw this.#wrong(start, `${kind} strikes one process at a time, or any set of them`);
    return { kind, ...whom, budget: this.#budget(kind) };
  }

  #whom(): Pick<Allowance, "who" | "atMost"> {
    if (!this.#takes("(")) return { who: ANYBODY, atMost: null };
    let atMost: number | null = null;
    if (/^\d+$/.test(this.#peek.text) && !this.#names.includes(this.#peek.text)) {
      atMost = this.#number(this.#next(), "how many processes");
      this.#expect("of");
    }
    const who = this.#word(this.#names, "a role or a process");
    this.#expect(")");
    return { who, atMost };
  }

  #budget(kind: FailureKind): Budget {
    this.#expect("=");
    const token = this.#next();
    if (token.text !== "unlimited" && token.text !== "permanent")
      return this.#number(token, "how many times (or unlimited, or permanent)");
    if (!canLast(kind, token.text))
      throw this.#wrong(
        token,
        `${kind} comes and is over: it is given a number, or unlimited, and not "permanent"`,
      );
    return token.text;
  }

  #number(token: Token, what: string): number {
    if (!/^\d{1,6}$/.test(token.text))
      throw this.#wrong(token, `expected ${what}, and not ${this.#shown(token)}`);
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

const isSetting = (word: string): word is SettingName =>
  (SETTING_NAMES as readonly string[]).includes(word);

/**
 * Whether it could matter from which of two budgets a failure is paid. Of two plain ones it is the
 * narrower; where one counts its victims, the other would be better for some runs and worse for others.
 */
function areRivals(a: Allowance, b: Allowance): boolean {
  const counts = a.atMost !== null || b.atMost !== null || a.kind.endsWith("partition");
  return a.kind === b.kind && counts && !isSame(a, b);
}

const isSame = (a: Allowance, b: Allowance) => allowanceName(a) === allowanceName(b);
