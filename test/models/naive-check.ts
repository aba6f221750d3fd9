/**
 * Verdicts by the plainest means: the whole graph from the reference explorer's successors, kept in
 * Immutable maps, and each property answered on it by its definition. For holding the model's expected
 * verdicts, and the checker's, against something too simple to be wrong.
 */
import { Map as ImmutableMap } from "immutable";
import {
  type Action,
  actionLabel,
  type Instance,
  type Property,
  type StateRecord,
} from "../../src/model/index.js";
import { successors } from "../support/reference.js";

interface Edge {
  readonly from: number;
  readonly to: number;
  readonly action: Action<StateRecord, unknown, unknown>;
  readonly who: unknown;
}

/** Every reachable state, breadth first, and every step between them. */
export interface Graph {
  readonly instance: Instance;
  readonly states: readonly StateRecord[];
  readonly level: readonly number[];
  readonly edges: readonly Edge[];
  readonly indexOf: ImmutableMap<StateRecord, number>;
}

export function graphOf(instance: Instance): Graph {
  const states: StateRecord[] = [];
  const level: number[] = [];
  const edges: Edge[] = [];
  const indexOf = ImmutableMap<StateRecord, number>().asMutable();
  const found = (state: StateRecord, depth: number) => {
    const known = indexOf.get(state);
    if (known !== undefined) return known;
    indexOf.set(state, states.length);
    level.push(depth);
    return states.push(state) - 1;
  };
  for (const state of instance.system.initial) found(state, 0);
  for (let from = 0; from < states.length; from++)
    for (const { action, who, next } of successors(instance.system, states[from]!))
      edges.push({ from, to: found(next, level[from]! + 1), action, who });
  return { instance, states, level, edges, indexOf };
}

export interface NaiveVerdict {
  readonly verdict: "holds" | "violated";
  /** The states (for alwaysStep: the states after) that violate it, or that show a `sometimes`. */
  readonly witnesses: readonly { readonly state: number; readonly who: unknown }[];
}

export function naiveVerdict(graph: Graph, property: Property): NaiveVerdict {
  const { states, edges } = graph;
  const all = states.map((_, state) => state);
  switch (property.kind) {
    case "always":
      return violatedBy(
        all.filter((i) => !property.claim(states[i]!)).map((state) => ({ state, who: undefined })),
      );
    case "noDeadlock": {
      const left = new Set(edges.map(({ from }) => from));
      return violatedBy(
        all
          .filter((i) => !left.has(i) && !property.final(states[i]!))
          .map((state) => ({ state, who: undefined })),
      );
    }
    case "sometimes": {
      const witnesses = all
        .filter((i) => property.claim(states[i]!))
        .map((state) => ({ state, who: undefined }));
      return { verdict: witnesses.length > 0 ? "holds" : "violated", witnesses };
    }
    case "alwaysStep":
      return violatedBy(
        (property.by ?? [undefined]).flatMap((who) =>
          edges
            .filter(({ from, to }) => !property.claim(states[from]!, states[to]!, who))
            .map(({ to }) => ({ state: to, who })),
        ),
      );
    case "alwaysPossible":
      return violatedBy(
        (property.by ?? [undefined]).flatMap((who) => {
          const possible = backwards(
            graph,
            all.filter((i) => property.goal(states[i]!, who)),
            (edge) => property.using?.(edge.action) ?? true,
          );
          return all.filter((i) => !possible.has(i)).map((state) => ({ state, who }));
        }),
      );
  }
}

const violatedBy = (witnesses: NaiveVerdict["witnesses"]): NaiveVerdict => ({
  verdict: witnesses.length > 0 ? "violated" : "holds",
  witnesses,
});

/** The states from which some state of `goal` can be reached. */
function backwards(
  { edges }: Graph,
  goal: readonly number[],
  using: (edge: Edge) => boolean,
): ReadonlySet<number> {
  const into = new Map<number, number[]>();
  for (const edge of edges)
    if (using(edge)) {
      const sources = into.get(edge.to);
      if (sources) sources.push(edge.from);
      else into.set(edge.to, [edge.from]);
    }
  const reached = new Set(goal);
  for (const state of reached) for (const source of into.get(state) ?? []) reached.add(source);
  return reached;
}

/** A shortest way from an initial state: the steps as they are labelled and told. */
export function pathTo(graph: Graph, state: number): { label: string; told: readonly string[] }[] {
  const { level, edges, states, instance } = graph;
  if (level[state] === 0) return [];
  const { from, to, action, who } = edges.find(
    (edge) => edge.to === state && level[edge.from] === level[state]! - 1,
  )!;
  const { config } = instance.system;
  const events = action.tell?.(states[from]!, states[to]!, who, config) ?? [];
  return [
    ...pathTo(graph, from),
    {
      label: actionLabel(action, who, config),
      told: events.map(({ type, ...rest }) => `${type}: ${Object.values(rest).join(" ")}`),
    },
  ];
}
