import { mistake } from "../model/index.js";
import type { Message, Process } from "./message.js";
import type { Choice, LocalRecord, StableRecord } from "./step.js";
import { Step } from "./step.js";

/** A message as it arrives. */
export interface Delivery<M extends Message = Message> {
  readonly from: Process;
  readonly message: M;
}

/**
 * What a process does: of its own accord (`start`), when its timer runs out (`timeout`), and on each
 * type of message. Every handler is pure, and is handed the step that it is to write down: `p` is
 * the process as it is, `p.become("READY").send(…)` is what it does.
 *
 * `start` and `timeout` happen only where they are given. A message of a type that is not given is
 * taken and ignored.
 */
export type Handlers<
  L extends LocalRecord = LocalRecord,
  D extends StableRecord = StableRecord,
  M extends Message = Message,
> = {
  readonly start?: (p: Step<L, D, M>) => Choice<Step<L, D, M>>;
  /** @param suspect one of the processes that it waits for, as the failure detector says */
  readonly timeout?: (p: Step<L, D, M>, suspect: Process) => Choice<Step<L, D, M>>;
} & {
  readonly [T in M["type"]]?: (
    p: Step<L, D, M>,
    delivery: Delivery<Extract<M, { readonly type: T }>>,
  ) => Choice<Step<L, D, M>>;
};

/** What is written of a role: processes that all follow the same rules. */
export interface RoleDefinition<
  L extends LocalRecord,
  D extends StableRecord,
  M extends Message = Message,
> {
  readonly processes: Iterable<Process>;
  /** Local record and stable storage before anything has happened. */
  readonly local: L;
  readonly stable: D;
  /** What a process has done before anything happens: timers that run from the beginning. */
  readonly initially?: (p: Step<L, D, M>) => Step<L, D, M>;
  /** By state of the diagram; what a state does not mention, `on` may. */
  readonly states?: { readonly [S in L["state"]]?: Handlers<L, D, M> };
  /** In any state. */
  readonly on?: Handlers<L, D, M>;
  /** From the initial local record and what is on stable storage, after a crash. */
  readonly recover?: (p: Step<L, D, M>) => Choice<Step<L, D, M>>;
}

/** A role as the lowering sees it: a name, and handlers whose types no longer matter. */
export interface Role {
  readonly name: string;
  readonly processes: readonly Process[];
  readonly local: LocalRecord;
  readonly stable: StableRecord;
  initially(p: Step): Step;
  /** What a process may do of its own accord; nothing where it does nothing. */
  start(p: Step): readonly Step[];
  timeout(p: Step, suspect: Process): readonly Step[];
  receive(p: Step, delivery: Delivery): readonly Step[];
  recover(p: Step): readonly Step[];
}

/** Writes roles whose processes exchange messages of the type M, so that M is not annotated again. */
export function rolesOver<M extends Message>() {
  return {
    /** @param name as in the notation of failures: `crash(participants)=1` */
    role<L extends LocalRecord, D extends StableRecord>(
      name: string,
      definition: RoleDefinition<L, D, M>,
    ): Role {
      return dispatching(name, definition as unknown as RoleDefinition<LocalRecord, StableRecord>);
    },
  };
}

type AnyHandler = (p: Step, argument: unknown) => Choice<Step>;

function dispatching(name: string, definition: RoleDefinition<LocalRecord, StableRecord>): Role {
  const handler = (state: string, key: string): AnyHandler | undefined =>
    (definition.states?.[state]?.[key] ?? definition.on?.[key]) as AnyHandler | undefined;
  const run = (p: Step, key: string, argument: unknown, otherwise: readonly Step[]) => {
    const found = handler(p.local.state, key);
    return found ? alternatives(found(p, argument), p, key) : otherwise;
  };
  return {
    name,
    processes: [...definition.processes],
    local: definition.local,
    stable: definition.stable,
    initially: (p) => definition.initially?.(p) ?? p,
    start: (p) => run(p, "start", undefined, []),
    timeout: (p, suspect) => run(p, "timeout", suspect, []),
    receive: (p, delivery) => run(p, delivery.message.type, delivery, [p]),
    recover: (p) => alternatives(definition.recover?.(p) ?? p, p, "recover"),
  };
}

function alternatives(choice: Choice<Step>, p: Step, key: string): readonly Step[] {
  const steps = Array.isArray(choice) ? (choice as readonly Step[]) : [choice as Step];
  for (const step of steps)
    if (!(step instanceof Step))
      throw mistake("not-a-state", {
        what: `a handler returned ${String(step)} and not a step`,
        where: `${key}, by ${p.self}`,
      });
  return steps;
}
