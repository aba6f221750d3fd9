import type {
  LocalStates,
  Model,
  ParameterDeclarations,
  Property,
  Scenario,
  TransitionSystem,
  ValuesOf,
} from "../model/index.js";
import { namesIn } from "./configuration.js";
import { faultsText, NO_FAULTS } from "./faults.js";
import { parseFaults } from "./faults-syntax.js";
import { localStatesOf } from "./local-states.js";
import { lower } from "./lowering.js";
import { type Observer, observe } from "./observer.js";
import type { Role } from "./role.js";
import type { ProtocolState } from "./state.js";

/** Defines a model that is a protocol: its roles, and around them whatever the scenario lets fail. */
export function defineProtocol<P extends ParameterDeclarations>(definition: {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly parameters: P;
  readonly scenarios: readonly Scenario[];
  readonly roles: (parameters: ValuesOf<P>) => readonly Role[];
  readonly properties: (observer: Observer) => readonly Property<ProtocolState>[];
}): Model {
  const { roles, properties, ...rest } = definition;
  return {
    ...rest,
    takesFaults: true,
    instantiate({ parameters, faults: text }) {
      const built = roles(parameters as ValuesOf<P>);
      const faults = text === null ? NO_FAULTS : parseFaults(text, namesIn(built));
      const system = lower(built, faults);
      const observer = observe(system.config);
      return {
        system: system as unknown as TransitionSystem,
        properties: properties(observer) as unknown as readonly Property[],
        faults: faultsText(faults),
        lanes: observer.processes.map(({ name }) => name),
        localStates: localStatesOf(system.config, observer) as unknown as LocalStates,
      };
    },
  };
}
