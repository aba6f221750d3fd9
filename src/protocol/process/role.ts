import { mistake } from "../../model/index.js";
import { NOTHING_IN_PARTICULAR } from "./diagram-state.js";
import type { Message, Process } from "./message.js";
import type { Choice, LocalRecord, LoggedState, StableRecord } from "./step.js";
import { Step } from "./step.js";

/** A message as it arrives. */
export interface Delivery<M extends Message = Message> {
  readonly from: Process;
  readonly message: M;
}

/**
 * What a process does: of its own accord (`start`, and `acts` by name), when its timer runs out
 * (`timeout`), when its clock strikes (`tick`), and on each type of message. Every handler is pure, and
 * is handed the step that it is to write down: `p` is the process as it is,
 * `p.log("READY").send(…)` is what it does.
 *
 * What is not given does not happen; but a message of a type that is not given is taken and ignored.
 */
export type Handlers<
  L extends LocalRecord = LocalRecord,
  D extends StableRecord = StableRecord,
  M extends Message = Message,
> = {
  readonly start?: (p: Step<L, D, M>) => Choice<Step<L, D, M>>;
  /** What else it may do of its own accord, at any time: take a checkpoint, flush a log. */
  readonly acts?: { readonly [name: string]: (p: Step<L, D, M>) => Choice<Step<L, D, M>> };
  /** At the end of a round, or whenever its clock strikes; `postpone` where it has no more to do. */
  readonly tick?: (p: Step<L, D, M>) => Choice<Step<L, D, M>>;
  /** @param suspect one of the processes that it waits for, as the failure detector says */
  readonly timeout?: (p: Step<L, D, M>, suspect: Process) => Choice<Step<L, D, M>>;
} & {
  readonly [T in M["type"]]?: (
    p: Step<L, D, M>,
    delivery: Delivery<Extract<M, { readonly type: T }>>,
  ) => Choice<Step<L, D, M>>;
} & {
  /** What cannot be what was sent; taken and ignored like any other where nothing is said of it. */
  readonly GARBLED?: (p: Step<L, D, M>, delivery: Delivery) => Choice<Step<L, D, M>>;
};

/** What is written of a role: processes that all follow the same rules. */
export interface RoleDefinition<
  L extends LocalRecord,
  D extends StableRecord,
  M extends Message = Message,
> {
  readonly processes: Iterable<Process>;
  /**
   * Local record and stable storage before anything has happened. Left out where the process has no
   * diagram, or writes nothing down.
   */
  readonly local?: L;
  readonly stable?: D;
  /** What a process has done before anything happens: timers that run from the beginning. */
  readonly initially?: (p: Step<L, D, M>) => Step<L, D, M>;
  /** By state of the diagram; what a state does not mention, `on` may. */
  readonly states?: { readonly [S in L["state"]]?: Handlers<L, D, M> };
  /** In any state. */
  readonly on?: Handlers<L, D, M>;
  /**
   * From the initial local record and what is on stable storage, after a crash. Or by the state that is
   * logged there, in which the process then is already; where that is not mentioned, it does no more.
   */
  readonly recover?:
    | ((p: Step<L, D, M>) => Choice<Step<L, D, M>>)
    | { readonly [S in LoggedState<L, D>]?: (p: Step<L, D, M>) => Choice<Step<L, D, M>> };
}

/** A role as the lowering sees it: a name, and handlers whose types no longer matter. */
export interface Role {
  readonly name: string;
  readonly processes: readonly Process[];
  readonly local: LocalRecord;
  readonly stable: StableRecord;
  /** What it may do of its own accord, `start` among them. */
  readonly acts: readonly string[];
  /** Whether it has a clock, and timers. */
  readonly ticks: boolean;
  readonly waits: boolean;
  initially(p: Step): Step;
  /** What a process may do of its own accord; nothing where it does nothing. */
  act(p: Step, name: string): readonly Step[];
  tick(p: Step): readonly Step[];
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

type AnyHandler = (p: Step, argument?: unknown) => Choice<Step>;
type AnyHandlers = { readonly [key: string]: AnyHandler } & {
  readonly acts?: { readonly [name: string]: AnyHandler };
};

const START = "start";

function dispatching(name: string, definition: RoleDefinition<LocalRecord, StableRecord>): Role {
  const { states = {}, on = {}, local = NOTHING_IN_PARTICULAR } = definition;
  const all = [...Object.values(states), on].filter(Boolean) as AnyHandlers[];
  /** What a state says about something, or else what is said of any state. */
  const found = (p: Step, find: (handlers: AnyHandlers) => AnyHandler | undefined) => {
    const here = states[p.local.state] as AnyHandlers | undefined;
    return (here && find(here)) ?? find(on as AnyHandlers);
  };
  const run = (
    p: Step,
    key: string,
    argument: unknown = undefined,
    otherwise: readonly Step[] = [],
  ) => {
    const handler = found(p, (handlers) => handlers[key]);
    return handler ? alternatives(handler(p, argument), p, key) : otherwise;
  };
  return {
    name,
    processes: [...definition.processes],
    local,
    stable: definition.stable ?? NOTHING_IN_PARTICULAR,
    acts: [
      ...new Set(
        all.flatMap((handlers) => [
          ...(handlers[START] ? [START] : []),
          ...Object.keys(handlers.acts ?? {}),
        ]),
      ),
    ],
    ticks: all.some(({ tick }) => tick !== undefined),
    waits: all.some(({ timeout }) => timeout !== undefined),
    initially: (p) => definition.initially?.(p) ?? p,
    act(p, name) {
      if (name === START) return run(p, START);
      const handler = found(p, ({ acts }) => acts?.[name]);
      return handler ? alternatives(handler(p), p, name) : [];
    },
    tick: (p) => run(p, "tick"),
    timeout: (p, suspect) => run(p, "timeout", suspect),
    receive: (p, delivery) => run(p, delivery.message.type, delivery, [p]),
    recover: (p) => recovery(definition.recover, p),
  };
}

function recovery(
  recover: RoleDefinition<LocalRecord, StableRecord>["recover"],
  p: Step,
): readonly Step[] {
  if (recover === undefined) return [p];
  if (typeof recover === "function") return alternatives(recover(p), p, "recover");
  const { state } = p.stable as unknown as { readonly state: string };
  const inIt = p.set({ state } as never);
  const handler = (recover as { readonly [state: string]: AnyHandler | undefined })[state];
  return handler ? alternatives(handler(inIt), p, "recover") : [inIt];
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
