/** A bestiary of tiny systems, small enough to know everything about by heart. */
import { Record, Set } from "immutable";
import {
  type Action,
  actionsOver,
  defineModel,
  identities,
  type Model,
  type Property,
  type TransitionSystem,
} from "../../src/model/index.js";

/** Wraps a system as a model with no parameters. */
export function modelOf<S>(
  system: { readonly initial: readonly S[]; readonly actions: readonly Action<S, null, unknown>[] },
  properties: readonly Property<S>[] = [],
): Model {
  return defineModel({
    name: "tiny",
    title: "a tiny system",
    source: "the tests",
    parameters: {},
    scenarios: [],
    system: () => ({ config: null, ...system }) as unknown as TransitionSystem<S, null>,
    properties: () => properties,
  });
}

export class Clock extends Record({ tick: 0 }, "Clock") {}

/** A cycle of `length` states: 0, 1, …, 0. */
export function clock(length: number) {
  const { action } = actionsOver<Clock, null>();
  const tick = action("tick", {
    when: () => true,
    then: (s) => s.set("tick", (s.tick + 1) % length),
  });
  return { initial: [new Clock()], actions: [tick] };
}

/** A counter that never ends. */
export function endless() {
  const { action } = actionsOver<Clock, null>();
  return {
    initial: [new Clock()],
    actions: [action("tick", { when: () => true, then: (s) => s.set("tick", s.tick + 1) })],
  };
}

export class At extends Record({ node: 0 }, "At") {}

/** A graph given by its edges; each edge is an action `from→to`. */
export function graph(initial: readonly number[], edges: readonly (readonly [number, number])[]) {
  const { action } = actionsOver<At, null>();
  return {
    initial: initial.map((node) => new At({ node })),
    actions: edges.map(([from, to]) =>
      action(`${from}→${to}`, {
        when: (s) => s.node === from,
        then: (s) => s.set("node", to),
      }),
    ),
  };
}

/** Two ways of the same length to the same state. */
export const diamond = () =>
  graph(
    [0],
    [
      [0, 1],
      [0, 2],
      [1, 3],
      [2, 3],
    ],
  );

export class Lights extends Record({ on: Set<ReturnType<typeof lamp>>() }, "Lights") {}
const lamp = (index: number) => [...identities("lamp", index + 1)][index]!;

/** Every subset of `count` lamps: 2^count states. */
export function lamps(count: number) {
  const { actionBy } = actionsOver<Lights, null>();
  const all = identities("lamp", count);
  return {
    initial: [new Lights()],
    actions: [
      actionBy("flip", {
        by: all,
        when: () => true,
        then: (s, who) => s.set("on", s.on.has(who) ? s.on.delete(who) : s.on.add(who)),
      }),
    ],
  };
}
