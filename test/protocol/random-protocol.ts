/** Small random protocols as data, so that two interpreters can run the same one. */
import fc from "fast-check";
import { identities } from "../../src/model/index.js";
import {
  type Handlers,
  inState,
  type Role,
  rolesOver,
  type Step,
  signal,
} from "../../src/protocol/index.js";

export const PROCESSES = [...identities("p", 2)];
export const STATES = ["A", "B", "C"] as const;
export type State = (typeof STATES)[number];
export const MESSAGES = ["M", "N"] as const;
type MessageType = (typeof MESSAGES)[number];

export type Act =
  | { readonly act: "write"; readonly state: State }
  | { readonly act: "send"; readonly to: readonly number[]; readonly message: MessageType }
  | { readonly act: "await"; readonly whom: readonly number[] };

export interface Alternative {
  readonly next: State;
  readonly acts: readonly Act[];
}

type Event = "start" | "timeout" | MessageType;
/** What one process does in each state on each event; an event that is missing is none of its business. */
export interface Table {
  readonly on: { readonly [E in Event]?: Row | undefined };
  /** By what is on stable storage. */
  readonly recover: Row;
}
/** By process. */
export type RandomProtocol = readonly Table[];

const someState = fc.constantFrom(...STATES);
const somebody = fc.subarray(PROCESSES.map((_, i) => i));
const someAct = (messages: readonly MessageType[]): fc.Arbitrary<Act> => {
  const quiet: fc.Arbitrary<Act>[] = [
    fc.record({ act: fc.constant("write" as const), state: someState }),
    fc.record({ act: fc.constant("await" as const), whom: somebody }),
  ];
  if (messages.length === 0) return fc.oneof(...quiet);
  const send = fc.record({
    act: fc.constant("send" as const),
    to: somebody,
    message: fc.constantFrom(...messages),
  });
  return fc.oneof(send, send, ...quiet);
};

/** A step that sends moves on in the order of the states, so that nothing is sent for ever. */
const someAlternative = (from: State, messages: readonly MessageType[]) => {
  const later = STATES.slice(STATES.indexOf(from) + 1);
  return later.length > 0
    ? fc.record({
        next: fc.constantFrom(...later),
        acts: fc.array(someAct(messages), { maxLength: 3 }),
      })
    : fc.record({ next: fc.constant(from), acts: fc.array(someAct([]), { maxLength: 2 }) });
};

type Row = { readonly [S in State]: readonly Alternative[] };

const byState = (
  alternatives: (state: State) => fc.Arbitrary<readonly Alternative[]>,
): fc.Arbitrary<Row> =>
  fc.record({ A: alternatives("A"), B: alternatives("B"), C: alternatives("C") });

const someRow = (messages: readonly MessageType[]) =>
  byState((state) => fc.array(someAlternative(state, messages), { maxLength: 2 }));

/** Recoveries are few, so that they may send and stay where they are. */
const someRecovery = fc.record({
  next: someState,
  acts: fc.array(someAct(["N"]), { maxLength: 2 }),
});

const someTable: fc.Arbitrary<Table> = fc.record({
  on: fc.record(
    {
      start: someRow(MESSAGES),
      timeout: someRow(MESSAGES),
      M: someRow(["N"]),
      N: someRow([]),
    },
    { requiredKeys: ["start"] },
  ),
  recover: byState(() => fc.array(someRecovery, { minLength: 1, maxLength: 2 })),
});

export const someProtocol: fc.Arbitrary<RandomProtocol> = fc.tuple(
  ...PROCESSES.map(() => someTable),
);

type At = ReturnType<typeof inState<State>>;
type P = Step<At, At, ReturnType<typeof signal<MessageType>>>;

const { role } = rolesOver<ReturnType<typeof signal<MessageType>>>();

/** The same protocol as an author would write it. */
export function rolesOf(protocol: RandomProtocol): readonly Role[] {
  return protocol.map(({ on, recover }, i) => {
    const handler = (row: Row | undefined) =>
      row && ((p: P) => row[p.local.state].map((alternative) => written(p, alternative)));
    const given = Object.entries(on).flatMap(([event, row]) => {
      const found = handler(row);
      return found ? [[event, found]] : [];
    });
    return role(`role${i}`, {
      processes: [PROCESSES[i]!],
      local: inState<State>("A"),
      stable: inState<State>("A"),
      on: Object.fromEntries(given) as Handlers<At, At>,
      recover: (p) => recover[p.stable.state].map((alternative) => written(p, alternative)),
    });
  });
}

function written(p: P, { next, acts }: Alternative): P {
  return acts.reduce(afterAct, p).become(next);
}

function afterAct(step: P, act: Act): P {
  const processes = (indices: readonly number[]) => indices.map((i) => PROCESSES[i]!);
  switch (act.act) {
    case "write":
      return step.write({ state: act.state });
    case "send":
      return step.broadcast(processes(act.to), signal(act.message));
    case "await":
      return step.awaitingAll(processes(act.whom));
  }
}
