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
import { faultsText, NO_FAULTS } from "./faults/faults.js";
import { parseFaults } from "./faults/faults-syntax.js";
import { localStatesOf } from "./local-states.js";
import { lower } from "./lowering/lowering.js";
import { type Observer, observe } from "./observer.js";
import type { Message } from "./process/message.js";
import type { Role } from "./process/role.js";
import { vocabularyOf } from "./process/vocabulary.js";
import type { ProtocolState } from "./state.js";
import { messagesUnderWay } from "./under-way.js";

/** Defines a model that is a protocol: its roles, and around them whatever the scenario lets fail. */
export function defineProtocol<P extends ParameterDeclarations>(definition: {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly parameters: P;
  readonly scenarios: readonly Scenario[];
  readonly roles: (parameters: ValuesOf<P>) => readonly Role[];
  /**
   * Every message that can travel, so that it is known what a process that fails may say; those that
   * differ by their value only, as the two votes do, in a list of their own. Where nothing is given, a liar
   * repeats what has been said.
   */
  readonly messages?: (parameters: ValuesOf<P>) => Iterable<Message | readonly Message[]>;
  readonly properties: (observer: Observer) => readonly Property<ProtocolState>[];
}): Model {
  const { roles, messages, properties, ...rest } = definition;
  return {
    ...rest,
    takesFaults: true,
    instantiate({ parameters, faults: text }) {
      const built = roles(parameters as ValuesOf<P>);
      const faults = text === null ? NO_FAULTS : parseFaults(text, namesIn(built));
      const said = messages?.(parameters as ValuesOf<P>);
      const system = lower(built, faults, said && vocabularyOf(said));
      const observer = observe(system.config);
      const underWay = (s: ProtocolState) => messagesUnderWay(observer, s);
      return {
        system: { ...system, underWay } as unknown as TransitionSystem,
        properties: properties(observer) as unknown as readonly Property[],
        faults: faultsText(faults),
        lanes: observer.processes.map(({ name }) => name),
        localStates: localStatesOf(system.config, observer) as unknown as LocalStates,
      };
    },
  };
}
