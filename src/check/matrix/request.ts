/** What a matrix is asked for, and what can be said of it before any cell is looked at. */
import { Mistake, type Model, mistake, parameterValues } from "../../model/index.js";

/** The values of each parameter that is varied. */
export type Axes = Readonly<Record<string, readonly unknown[]>>;

/** A model, and what is to be known of where it came from. */
export interface MatrixModel {
  readonly model: Model;
  /** As it was named: what a command line would have to say. By default its name. */
  readonly word?: string;
  /** Stands for the code that gives the verdicts: they are comparable where it is the same. */
  readonly code?: string;
}

export interface Limits {
  readonly maxStates: number | null;
  readonly timeoutSeconds: number | null;
}

export interface MatrixRequest extends Partial<Limits> {
  readonly models: readonly MatrixModel[];
  /** Each in the notation of the command line; without any, nothing fails. */
  readonly faults?: readonly string[];
  /** A model that has not this parameter does without. */
  readonly parameters?: Axes;
  /** Only these properties, where a model has them. */
  readonly properties?: readonly string[];
}

/** Enough for any table that somebody will read. */
const MOST_CELLS = 10_000;

export function mustDiffer(models: readonly MatrixModel[]): void {
  const names = models.map(({ model }) => model.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw mistake("declaration-wrong", { what: `two of the models are called "${twice}"` });
}

/** A value that some of the models refuse leaves cells that do not apply; one that all refuse is wrong. */
export function mustBeTaken(models: readonly MatrixModel[], axes: Axes): void {
  for (const [name, values] of Object.entries(axes)) {
    const having = models.filter(({ model }) => Object.hasOwn(model.parameters, name));
    if (having.length === 0)
      throw mistake("parameter-unknown", { what: `none of the models has a parameter "${name}"` });
    for (const value of values) {
      const errors = having.map(({ model }) => refusalOf(model, name, value));
      if (!errors.includes(null)) throw errors[0];
    }
  }
}

function refusalOf({ parameters }: Model, name: string, value: unknown): Mistake | null {
  try {
    parameterValues(parameters, { [name]: value });
    return null;
  } catch (error) {
    if (error instanceof Mistake) return error;
    throw error;
  }
}

export function mustBeFew(models: readonly MatrixModel[], axes: Axes, faults: number): void {
  const sizes = models.map(({ model }) =>
    Object.keys(model.parameters).reduce((size, name) => size * (axes[name]?.length ?? 1), faults),
  );
  const cells = sizes.reduce((sum, size) => sum + size, 0);
  if (cells > MOST_CELLS)
    throw mistake("matrix-too-large", { what: `${cells} cells, where ${MOST_CELLS} are allowed` });
}
