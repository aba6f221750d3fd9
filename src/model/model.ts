import type { LocalStates } from "./local-states.js";
import type { ParameterDeclarations, ParameterValues, ValuesOf } from "./parameters.js";
import type { Property } from "./property.js";
import type { TransitionSystem } from "./system.js";

/** Whether a property gives what the literature says it must. */
export type ExpectedVerdict = "holds" | "violated";

/** A model with its parameters and failures fixed, and what each property must give there. */
export interface Scenario {
  readonly name: string;
  /** One line: what is fixed here, as a person would say it. */
  readonly summary: string;
  readonly parameters?: ParameterValues;
  /** Parameters that may be varied without leaving the scenario: its verdicts do not depend on them. */
  readonly sizes?: readonly string[];
  /** What may fail, in the notation of the command line; none when absent. */
  readonly faults?: string;
  /** By property name; a property that is not mentioned is expected to hold. */
  readonly expected?: Readonly<Record<string, ExpectedVerdict>>;
}

/** A model with every parameter given a value: ready to be searched. */
export interface Instance {
  readonly system: TransitionSystem;
  readonly properties: readonly Property[];
  /** What may fail, in canonical notation; null when the model has no surroundings to vary. */
  readonly faults: string | null;
  /** Processes in the order in which a diagram shows them; empty for a plain transition system. */
  readonly lanes: readonly string[];
  /** The local states of its processes; null when the model does not say which there are. */
  readonly localStates: LocalStates | null;
}

export interface Choice {
  readonly parameters: ParameterValues;
  readonly faults: string | null;
}

/** What the command line knows of a model: its parameters, its scenarios, and how to build it. */
export interface Model {
  readonly name: string;
  readonly title: string;
  /** Paper and section, or the book's chapter. */
  readonly source: string;
  readonly parameters: ParameterDeclarations;
  /** The first is what `check` runs when nothing else is asked for. */
  readonly scenarios: readonly Scenario[];
  /** Whether `--faults` means something here. */
  readonly takesFaults: boolean;
  /** @throws Mistake when a parameter or the failures are out of range. */
  instantiate(choice: Choice): Instance;
}

/** Defines a model that is a plain transition system: nothing around it is varied. */
export function defineModel<P extends ParameterDeclarations, S, C>(definition: {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly parameters: P;
  readonly scenarios: readonly Scenario[];
  readonly system: (parameters: ValuesOf<P>) => TransitionSystem<S, C>;
  readonly properties: (config: NoInfer<C>) => readonly Property<NoInfer<S>>[];
  /** Which local states its processes have, where it has processes; for `faultline concurrency`. */
  readonly localStates?: (config: NoInfer<C>) => LocalStates<NoInfer<S>>;
}): Model {
  const { system, properties, localStates, ...rest } = definition;
  return {
    ...rest,
    takesFaults: false,
    instantiate({ parameters }) {
      const built = system(parameters as ValuesOf<P>);
      return {
        system: built as unknown as TransitionSystem,
        properties: properties(built.config) as unknown as readonly Property[],
        faults: null,
        lanes: [],
        localStates: (localStates?.(built.config) ?? null) as LocalStates | null,
      };
    },
  };
}
