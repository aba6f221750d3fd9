/** Random systems of processes whose local states, decisions and votes are random too. */
import fc from "fast-check";
import { Map, Record } from "immutable";
import { actionsOver, defineModel, type LocalStates, type Model } from "../../src/model/index.js";

/** Processes that go from place to place, alone or when another is somewhere. */
export interface Wanderers {
  readonly moves: readonly {
    readonly who: number;
    readonly from: string;
    readonly to: string;
    readonly marks: boolean;
    readonly beside: { readonly other: number; readonly at: string } | null;
  }[];
  /** Whoever is in such a place, marked or not, has decided so. */
  readonly commit: readonly string[];
  readonly abort: readonly string[];
  readonly votes: { readonly [place: string]: "commit" | "abort" | null };
}

const ROLES = ["pair", "pair", "single"];
const PLACES = ["A", "B", "C", "down"];
const somePlace = fc.constantFrom(...PLACES);
const somebody = fc.nat({ max: ROLES.length - 1 });
const someMarkedPlaces = fc.subarray(
  PLACES.flatMap((place) => [place, `${place}, marked`]),
  { maxLength: 4 },
);
export const someWanderers: fc.Arbitrary<Wanderers> = fc.record({
  moves: fc.array(
    fc.record({
      who: somebody,
      from: somePlace,
      to: somePlace,
      marks: fc.boolean(),
      beside: fc.option(fc.record({ other: somebody, at: somePlace }), { freq: 1 }),
    }),
    { minLength: 10, maxLength: 16 },
  ),
  commit: someMarkedPlaces,
  abort: someMarkedPlaces,
  votes: fc.dictionary(somePlace, fc.constantFrom("commit" as const, "abort" as const, null)),
});

class Whereabouts extends Record({ at: Map<number, string>(), marked: Map<number, boolean>() }) {}

export function modelOf({ moves, commit, abort, votes }: Wanderers): Model {
  const { action } = actionsOver<Whereabouts, null>();
  const place = (s: Whereabouts, i: number) => `${s.at.get(i)}${s.marked.get(i) ? ", marked" : ""}`;
  const localStates: LocalStates<Whereabouts> = {
    processes: ROLES.map((role, i) => ({ name: `w${i}`, role })),
    stateOf: (s, i) => (s.at.get(i) === "down" ? null : s.at.get(i)!),
    hasDecided: (s, i, decision) => (decision === "commit" ? commit : abort).includes(place(s, i)),
    voteOf: (s, i) => votes[s.at.get(i)!] ?? undefined,
  };
  const all = <V>(value: V) => Map(ROLES.map((_, i) => [i, value] as const));
  return defineModel({
    name: "wanderers",
    title: "",
    source: "",
    parameters: {},
    scenarios: [],
    system: () => ({
      config: null,
      initial: [new Whereabouts({ at: all("A"), marked: all(false) })],
      actions: moves.map(({ who, from, to, marks, beside }, i) =>
        action(`move ${i}`, {
          when: (s) =>
            s.at.get(who) === from && (beside === null || s.at.get(beside.other) === beside.at),
          then: (s) => s.setIn(["at", who], to).setIn(["marked", who], marks || s.marked.get(who)!),
        }),
      ),
    }),
    properties: () => [],
    localStates: () => localStates,
  });
}
