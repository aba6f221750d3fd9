import { mistake } from "./mistake.js";

export type ParameterValue = number | string | boolean;
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/** A whole number within bounds, both included. */
export interface IntegerParameter {
  readonly type: "integer";
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly help: string;
}

/** One of a few words. */
export interface ChoiceParameter<W extends string = string> {
  readonly type: "choice";
  readonly default: W;
  readonly words: readonly W[];
  readonly help: string;
}

export type ParameterDeclaration = IntegerParameter | ChoiceParameter;
export type ParameterDeclarations = Readonly<Record<string, ParameterDeclaration>>;

export type ValuesOf<P extends ParameterDeclarations> = {
  readonly [K in keyof P]: P[K] extends ChoiceParameter<infer W> ? W : number;
};

export function integer(spec: Omit<IntegerParameter, "type">): IntegerParameter {
  return { type: "integer", ...spec };
}

export function choice<const W extends string>(
  words: readonly W[],
  spec: { readonly default: W; readonly help: string },
): ChoiceParameter<W> {
  return { type: "choice", words, ...spec };
}

/**
 * The declared parameters, each with the value given or its default.
 * @throws Mistake (parameter-unknown, parameter-range) naming the parameter and what it allows.
 */
export function parameterValues(
  declarations: ParameterDeclarations,
  given: Readonly<Record<string, unknown>>,
): ParameterValues {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(declarations, name)) {
      const known = Object.keys(declarations);
      throw mistake("parameter-unknown", {
        what: `there is no parameter "${name}"`,
        where: known.length > 0 ? `the parameters are ${known.join(", ")}` : "there are none",
      });
    }
  }
  return Object.fromEntries(
    Object.entries(declarations).map(([name, declaration]) => [
      name,
      given[name] === undefined ? declaration.default : checked(name, declaration, given[name]),
    ]),
  );
}

function checked(name: string, declaration: ParameterDeclaration, value: unknown): ParameterValue {
  switch (declaration.type) {
    case "integer": {
      const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
      const { min, max } = declaration;
      if (!Number.isInteger(number) || (number as number) < min || (number as number) > max)
        throw mistake("parameter-range", {
          what: `${name} is ${shown(value)}`,
          where: `it must be a whole number from ${min} to ${max}`,
        });
      return number as number;
    }
    case "choice":
      if (!declaration.words.includes(value as string))
        throw mistake("parameter-range", {
          what: `${name} is ${shown(value)}`,
          where: `it must be one of ${declaration.words.join(", ")}`,
        });
      return value as string;
  }
}

const shown = (value: unknown) => (typeof value === "string" ? `"${value}"` : String(value));
