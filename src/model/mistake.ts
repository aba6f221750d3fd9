/**
 * The mistakes that the author of a model can make, each with its usual cause and what to do.
 * The registry is what `docs/errors.md` is printed from.
 */
export const MISTAKES = {
  "guard-threw": {
    title: "`when`, `then` or a handler threw",
    cause:
      "the function met a state that its author did not think of, or reads a value that is absent",
    remedy:
      "look at the state and the trace to it; guard against that case, or rule it out in `when`",
  },
  "claim-threw": {
    title: "a property's claim threw",
    cause:
      "the claim met a state that its author did not think of, or reads a value that is absent",
    remedy: "look at the state and the trace to it; say in the claim what should be true there",
  },
  "guard-not-boolean": {
    title: "`when` or a claim did not return a boolean",
    cause: "a missing `return`, or a value returned where a comparison was meant",
    remedy: "return true or false; for the presence of a key use `has`",
  },
  "not-a-state": {
    title: "`then` did not return a state",
    cause: "a missing `return`, or a part of the state returned instead of the whole",
    remedy:
      "return the record that `then` was given, changed by `set`, `merge` or `update`; or an array of such",
  },
  "unknown-field": {
    title: "assignment to a field that the record does not have",
    cause: "a misspelt field: Immutable.js would drop the assignment without a word",
    remedy: "use one of the record's fields, or add the field with a default to the record",
  },
  "field-name-taken": {
    title: "a field whose name belongs to Immutable's records",
    cause:
      "a record has a method of that name, which is what `state.name` then gives instead of the field",
    remedy: "give the field another name",
  },
  "not-a-value": {
    title: "something that is not a value inside a state",
    cause:
      "a plain array or object, a Date, a function or NaN: such things are compared by identity, so equal states would never be found again",
    remedy:
      "use an Immutable List, Map, Set or Record, a string, a number, a boolean, null or an identity",
  },
  "records-alike": {
    title: "two record types that Immutable.js takes for equal",
    cause: "both have the same fields, and equality does not look at the type",
    remedy: 'give each a field that tells them apart, such as `type: "Prepared"`',
  },
  impure: {
    title: "a function of the model is not pure",
    cause:
      "it gave different answers for the same reads: a random number, the clock, a counter outside the state, or a value changed in place",
    remedy:
      "let the answer depend on the arguments alone; put what must be remembered into the state",
  },
  "no-initial-state": {
    title: "the model has no initial state",
    cause: "`initial` is empty",
    remedy: "give at least one record as an initial state",
  },
  "quantifier-not-fixed": {
    title: "`by` is not a collection",
    cause:
      "`by` is neither an iterable, nor a function of the configuration that returns one, nor `membersOf` a set or map of the state",
    remedy: "give the identities, or `({ rms }) => rms`, or `membersOf((s) => s.messages)`",
  },
  "set-up-threw": {
    title: "the model threw while it was set up",
    cause: "`system`, `roles`, `properties` or `config` threw for these parameters",
    remedy: "mend what the message names, or narrow what the parameters allow",
  },
  "declaration-wrong": {
    title: "the model's declarations do not fit together",
    cause:
      "a misspelt property in a scenario's `expected`, a name used twice, or a list that is none",
    remedy: "mend what the message names",
  },
  "local-states-missing": {
    title: "the model does not say what the local states of its processes are",
    cause: "it is a plain transition system, and `defineModel` was given no `localStates`",
    remedy:
      "give it `localStates`, as `models/transaction-commit.ts` does, or write it with `defineProtocol`",
  },
  "parameter-unknown": {
    title: "unknown parameter",
    cause: "a misspelt name, or a parameter of another model",
    remedy: "`faultline list` shows each model's parameters",
  },
  "parameter-range": {
    title: "parameter out of range",
    cause: "the value is not one that the model declares",
    remedy: "`faultline list` shows what each parameter allows",
  },
  "faults-syntax": {
    title: "the failures cannot be read",
    cause: "a misspelt failure or process, or a missing budget",
    remedy: 'write, for example, "crash(coordinator)=1, recover=1"',
  },
  "faults-meaningless": {
    title: "a failure that cannot strike here",
    cause:
      "the protocol has nothing that such a failure needs (a clock, a timer, a crash to recover from), so that allowing it would look as if it had been tried",
    remedy: "leave it out, or allow also what it needs",
  },
  "model-not-loaded": {
    title: "the model's file cannot be loaded",
    cause: "the file does not exist, does not compile, or throws while it is loaded",
    remedy: "mend what the message names",
  },
  "model-not-found": {
    title: "no model in the file",
    cause: "the file's default export is not what `defineModel` or `defineProtocol` returns",
    remedy: "`export default defineModel({ … })`",
  },
  "scenario-unknown": {
    title: "unknown scenario",
    cause: "a misspelt name",
    remedy: "`faultline list` shows each model's scenarios",
  },
  "property-unknown": {
    title: "unknown property",
    cause: "a misspelt name, or a property of another model",
    remedy: "`faultline list` shows each model's properties",
  },
  "trace-not-read": {
    title: "the trace cannot be replayed",
    cause:
      "the file is not a trace that `--format json` or `--format itf` wrote, or it is of another model",
    remedy: "write it again with `faultline check MODEL --format json --output FILE`",
  },
  "matrix-too-large": {
    title: "the matrix has too many cells",
    cause: "a range that is longer than it was meant to be, or several at once",
    remedy: "give fewer values, or check the models one by one",
  },
  "matrix-not-read": {
    title: "the matrix cannot be read",
    cause:
      "the file is not what `faultline matrix --format json` or `--resume` wrote, it was changed since, or it is of another version",
    remedy: "name another file, or delete this one and run the matrix again",
  },
  "matrix-not-merged": {
    title: "the matrices do not belong together",
    cause: "they were run with different options, by different code, or one file is of another run",
    remedy: "give every part the same options besides `--shard`, and run them by the same code",
  },
} as const satisfies Record<string, { title: string; cause: string; remedy: string }>;

export type MistakeCode = keyof typeof MISTAKES;

/** Where in the model, as far as it is known; the check layer adds the trace. */
export interface MistakePlace {
  /** What was seen, with the offending value. */
  readonly what: string;
  /** Where: the action with its actor, the field, the parameter. */
  readonly where?: string;
  readonly cause?: unknown;
}

/** A mistake of the author of a model or of a command line, told to them without a stack trace. */
export class Mistake extends Error {
  readonly code: MistakeCode;
  readonly what: string;
  readonly where: string | null;

  constructor(code: MistakeCode, { what, where, cause }: MistakePlace) {
    const { title } = MISTAKES[code];
    super(`${title}: ${what}${where ? ` (${where})` : ""}`, { cause });
    this.name = "Mistake";
    this.code = code;
    this.what = what;
    this.where = where ?? null;
  }

  get usualCause(): string {
    return MISTAKES[this.code].cause;
  }

  get remedy(): string {
    return MISTAKES[this.code].remedy;
  }
}

export function mistake(code: MistakeCode, place: MistakePlace): Mistake {
  return new Mistake(code, place);
}
