import { is, List, Map, Set, type ValueObject } from "immutable";
import type { Message, Process } from "./message.js";

/** What a process knows and a crash destroys; `state` is its name in the textbook's diagram. */
export interface LocalRecord extends ValueObject {
  readonly state: string;
}

/** What a process has on stable storage, which a crash leaves alone. */
export type StableRecord = ValueObject;

/** The states that can be logged and entered at once: both records have them. */
export type LoggedState<L extends LocalRecord, D> = D extends { readonly state: infer S }
  ? S & L["state"]
  : never;

/** The fields of a record, all of them optional. */
export type FieldsOf<R> = R extends { toObject(): infer F } ? Partial<F> : never;

/** What a process does besides changing its local record, in the order in which it does it. */
export type Effect =
  | { readonly type: "become"; readonly state: string }
  | { readonly type: "write"; readonly fields: Readonly<Record<string, unknown>> }
  | {
      readonly type: "send";
      /** In no particular order: a crash in between may leave any of them out. */
      readonly to: readonly Process[];
      readonly message: Message;
      /** Left out where the same message is still under way. */
      readonly repeated: boolean;
    }
  | { readonly type: "await"; readonly awaited: Set<Process> }
  | { readonly type: "ignore"; readonly messages: readonly Message[] }
  | { readonly type: "propose"; readonly value: unknown; readonly verb: "votes" | "proposes" }
  | { readonly type: "decide"; readonly value: unknown }
  | { readonly type: "note"; readonly text: string }
  /** What follows is not what the process's rules say. */
  | { readonly type: "deviate"; readonly failure: string; readonly text: string };

/** A record as far as a step changes it. */
interface Mergeable {
  merge(fields: unknown): unknown;
}

/**
 * One step of a process, as its handler writes it down: the process as it was found, then what it
 * does, in order. A value: each method returns a longer step.
 *
 * The order counts. A crash can fall between any two effects that somebody could tell apart, so
 * `write(…).send(…)` and `send(…).write(…)` are different protocols.
 */
export class Step<
  L extends LocalRecord = LocalRecord,
  D extends StableRecord = StableRecord,
  M extends Message = Message,
> {
  readonly self: Process;
  /** The local record, with what this step has changed in it so far. */
  readonly local: L;
  /** What is on stable storage, with what this step has written so far. */
  readonly stable: D;
  /** Whom the process's timer waits for; empty when the timer is not running. */
  readonly awaited: Set<Process>;
  readonly effects: readonly Effect[];

  constructor(
    self: Process,
    local: L,
    stable: D,
    awaited: Set<Process>,
    effects: readonly Effect[] = [],
  ) {
    this.self = self;
    this.local = local;
    this.stable = stable;
    this.awaited = awaited;
    this.effects = effects;
  }

  /** Enters a state of the diagram, changing other local fields along with it. */
  become(state: L["state"], fields?: FieldsOf<L>): Step<L, D, M> {
    return this.#with(
      { local: merged(this.local, { ...fields, state }) },
      { type: "become", state },
    );
  }

  /**
   * Writes to stable storage which state it enters, and enters it: what it logs, it may still be bound by
   * after a crash.
   * @param fields what else it writes along with it
   */
  log(state: LoggedState<L, D>, fields?: FieldsOf<D>): Step<L, D, M> {
    return this.write({ ...fields, state } as unknown as FieldsOf<D>).become(state);
  }

  /** Changes local fields. */
  set(fields: FieldsOf<L>): Step<L, D, M> {
    return this.#with({ local: merged(this.local, fields) });
  }

  /** Writes to stable storage, and goes on when it is there. */
  write(fields: FieldsOf<D>): Step<L, D, M> {
    const written = fields as Readonly<Record<string, unknown>>;
    return this.#with({ stable: merged(this.stable, written) }, { type: "write", fields: written });
  }

  send(to: Process, message: M): Step<L, D, M> {
    return this.#with({}, { type: "send", to: [to], message, repeated: false });
  }

  /** Sends to each of several: a loop over them in no particular order, not one indivisible act. */
  broadcast(to: Iterable<Process>, message: M): Step<L, D, M> {
    return this.#with({}, { type: "send", to: [...to], message, repeated: false });
  }

  /**
   * Sends to each what the process may send for ever: a question until it is answered, the same answer
   * to the same question. Left out where the same message is still under way, so that mailboxes stay
   * finite. No behaviour is lost where a second copy changes nothing, or can be sent again later.
   */
  repeat(to: Iterable<Process>, message: M): Step<L, D, M> {
    return this.#with({}, { type: "send", to: [...to], message, repeated: true });
  }

  /**
   * Starts the timer, in place of one that is running: the process waits to hear from these, and what
   * a timeout means is for the failure detector to say. Waiting for nobody stops the timer.
   */
  awaiting(...awaited: readonly Process[]): Step<L, D, M> {
    return this.awaitingAll(awaited);
  }

  awaitingAll(awaited: Iterable<Process>): Step<L, D, M> {
    const whom = Set.isSet(awaited) ? (awaited as Set<Process>) : Set(awaited);
    return this.#with({ awaited: whom }, { type: "await", awaited: whom });
  }

  awaitingNobody(): Step<L, D, M> {
    return this.awaitingAll(NOBODY);
  }

  /** Waits for this process no longer: for the others only, and for nobody once all have been heard. */
  heardFrom(process: Process): Step<L, D, M> {
    return this.awaitingAll(this.awaited.remove(process));
  }

  /** Those of a group that the process is not itself. */
  others(group: Iterable<Process>): readonly Process[] {
    return [...group].filter((p) => !p.equals(this.self));
  }

  /**
   * From now on, whether it crashes or not, the process takes no notice of these messages: they can tell
   * it nothing. They vanish from its mailbox, so that no states differ by messages that are read
   * by nobody.
   */
  ignoring(...messages: readonly M[]): Step<L, D, M> {
    return this.#with({}, { type: "ignore", messages });
  }

  /** States this process's own vote, for properties about validity. */
  vote(value: unknown): Step<L, D, M> {
    return this.#with({}, { type: "propose", value, verb: "votes" });
  }

  /** States what this process would have decided, for properties about validity. */
  propose(value: unknown): Step<L, D, M> {
    return this.#with({}, { type: "propose", value, verb: "proposes" });
  }

  /** Makes a decision known to the world outside; what has been decided can never be taken back. */
  decide(value: unknown): Step<L, D, M> {
    return this.#with({}, { type: "decide", value });
  }

  /** A remark for whoever reads a trace; nothing happens. */
  note(text: string): Step<L, D, M> {
    return this.#with({}, { type: "note", text });
  }

  #with(
    { local = this.local, stable = this.stable, awaited = this.awaited }: Partial<Found<L, D>>,
    ...effects: Effect[]
  ): Step<L, D, M> {
    return new Step(this.self, local, stable, awaited, [...this.effects, ...effects]);
  }
}

/** The same process as found, with other effects. */
export function stepWith({ self, local, stable, awaited }: Step, effects: readonly Effect[]): Step {
  return new Step(self, local, stable, awaited, effects);
}

/** Whether two steps of a process come to the same. */
export function isSameStep(a: Step, b: Step): boolean {
  return (
    is(a.local, b.local) &&
    is(a.awaited, b.awaited) &&
    is(List(a.effects.map(asValue)), List(b.effects.map(asValue)))
  );
}

function asValue(effect: Effect): Map<string, unknown> {
  return Map(
    Object.entries(effect).map(([key, value]: [string, unknown]) => [
      key,
      Array.isArray(value) ? List(value) : key === "fields" ? Map(value as object) : value,
    ]),
  );
}

interface Found<L, D> {
  readonly local: L;
  readonly stable: D;
  readonly awaited: Set<Process>;
}

const NOBODY: Set<Process> = Set();

function merged<R>(record: R, fields: unknown): R {
  return (record as Mergeable).merge(fields) as R;
}

/** A step, or several of which one is taken. */
export type Choice<S> = S | readonly S[];

/** Where the step is a choice: any one of these may be what happens. */
export function oneOf<S>(...steps: readonly S[]): readonly S[] {
  return steps;
}

/**
 * For a message that cannot be dealt with yet: it stays in the mailbox, to be taken later (a selective
 * receive).
 */
export const postpone = (): readonly never[] => [];
