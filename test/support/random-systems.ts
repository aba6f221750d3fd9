/**
 * Random transition systems, as data that fast-check can shrink and print, and as the Immutable code
 * that a model's author would write for them. They use every way of asking and changing a state that
 * the engine treats in its own manner: whole collections, questions that stop early, reads that depend
 * on what was read, updates of what was not, places that are found late, and records that change type.
 */
import fc from "fast-check";
import { is, List, Map, Record, Set } from "immutable";
import {
  type Action,
  actionsOver,
  type Identity,
  identities,
  membersOf,
  type Quantifier,
  type TransitionSystem,
} from "../../src/model/index.js";

type Id = Identity<"n">;
const IDS = [...identities("n", 3)];
const WORDS = ["x", "y", "z"] as const;
type Word = (typeof WORDS)[number];

export class Leader extends Record({ type: "Leader", n: 0, peers: Set<Id>() }, "Leader") {
  /** A method of the author's own, which must see the view and not the whole record. */
  knows(id: Id): boolean {
    return this.peers.has(id);
  }
}
export class Follower extends Record({ type: "Follower", of: null as Id | null }, "Follower") {}
export type Local = Leader | Follower | "down";

export class State extends Record(
  {
    tag: "x" as Word,
    n: 0,
    who: null as Id | null,
    map: Map<Id, Word>(),
    crowd: Set<Id>(),
    nested: Map<Id, Set<Id>>(),
    local: Map<Id, Local>(),
    counts: Map<Word, number>(),
    list: List<Word>(),
  },
  "State",
) {}

const nextWord = (word: Word): Word => WORDS[(WORDS.indexOf(word) + 1) % 3]!;
const nextNumber = (n: number) => (n + 1) % 3;

const id = fc.integer({ min: 0, max: 2 });
const word = fc.integer({ min: 0, max: 2 });
const small = fc.integer({ min: 0, max: 2 });

/** What may be asked of a state: a name, and three small numbers to make it particular. */
const QUESTIONS: { readonly [name: string]: (s: State, i: Id, w: Word, k: number) => boolean } = {
  tagIs: (s, _, w) => s.tag === w,
  nIs: (s, _i, _w, k) => s.get("n") === k,
  nLess: (s, _i, _w, k) => s.n < k,
  whoIs: (s, i) => is(s.who, i),
  mapAt: (s, i, w) => s.map.get(i) === w,
  mapHas: (s, i) => s.map.has(i),
  mapSize: (s, _i, _w, k) => s.map.size === k,
  mapEvery: (s, _i, w) => s.map.every((v) => v === w),
  mapSome: (s, _i, w) => s.map.some((v) => v === w),
  mapSomeInSet: (s, _i, w) => s.map.some((v, key) => v === w && s.crowd.has(key)),
  mapCount: (s, _i, w, k) => s.map.count((v) => v === w) > k,
  mapEquals: (s, i, w) => s.map.equals(Map([[i, w]])),
  mapFirst: (s, i) =>
    is(
      s.map
        .keySeq()
        .sortBy((key) => key.index)
        .first(),
      i,
    ),
  setHas: (s, i) => s.crowd.has(i),
  setEmpty: (s) => s.crowd.isEmpty(),
  setSize: (s, _i, _w, k) => s.crowd.size > k,
  setEquals: (s, i) => s.crowd.equals(Set([i])),
  setSubset: (s, i) => s.crowd.isSubset([i, IDS[0]!]),
  setSuperset: (s, i) => s.crowd.isSuperset([i]),
  setIs: (s, i) => is(s.crowd, s.nested.get(i)),
  setIteration: (s, i) => {
    for (const member of s.crowd) if (member.equals(i)) return true;
    return false;
  },
  nestedHas: (s, i, _, k) => s.nested.get(i)?.has(IDS[k]!) ?? false,
  nestedEmpty: (s) => s.nested.some((inner) => inner.isEmpty()),
  nestedIn: (s, i, _, k) =>
    s.hasIn(["nested", i]) && is(s.getIn(["nested", i]), s.nested.get(IDS[k]!)),
  localDown: (s, i) => s.local.get(i) === "down",
  localLeader: (s, i, _, k) => {
    const local = s.local.get(i);
    return local instanceof Leader && local.n === k;
  },
  localKnows: (s, i, _, k) => {
    const local = s.local.get(i);
    return local instanceof Leader ? local.knows(IDS[k]!) : local === "down";
  },
  localFollows: (s, i) => s.local.some((local) => local instanceof Follower && is(local.of, i)),
  localsAlike: (s, i, _, k) => is(s.local.get(i), s.local.get(IDS[k]!)),
  localIs: (s, i, _, k) => is(s.local.get(i), new Leader({ n: k, peers: Set([IDS[0]!]) })),
  countAt: (s, _i, w, k) => s.counts.get(w, 0) >= k,
  countsEmpty: (s) => s.counts.every((n) => n === 0),
  listSize: (s, _i, _w, k) => s.list.size === k,
  listLast: (s, _i, w) => s.list.last() === w,
  dependent: (s, i, w) => (s.tag === w ? s.crowd.has(i) : s.n > 0 && s.map.has(i)),
  whole: (s) => s.equals(new State()),
};

type Question =
  | { readonly ask: string; readonly i: number; readonly w: number; readonly k: number }
  | { readonly not: Question }
  | { readonly and: readonly [Question, Question] }
  | { readonly or: readonly [Question, Question] };

function answer(question: Question, s: State): boolean {
  if ("not" in question) return !answer(question.not, s);
  if ("and" in question) return answer(question.and[0], s) && answer(question.and[1], s);
  if ("or" in question) return answer(question.or[0], s) || answer(question.or[1], s);
  const { ask, i, w, k } = question;
  return QUESTIONS[ask]!(s, IDS[i]!, WORDS[w]!, k);
}

/** How a state may be changed. */
const CHANGES: { readonly [name: string]: (s: State, i: Id, w: Word, k: number) => State } = {
  setTag: (s, _, w) => s.set("tag", w),
  nextTag: (s) => s.update("tag", nextWord),
  nextN: (s) => s.update("n", nextNumber),
  addN: (s, _i, _w, k) => s.update("n", (n) => (n + k) % 3),
  addNIfTag: (s, _i, w) => s.update("n", (n) => (s.tag === w ? n : nextNumber(n))),
  addNSometimes: (s, _i, w, k) =>
    s.update("n", (n) => (n === k && s.tag === w ? 0 : nextNumber(n))),
  setN: (s, _i, _w, k) => s.merge({ n: k }),
  setWho: (s, i) => s.set("who", i),
  noWho: (s) => s.delete("who"),
  mapSet: (s, i, w) => s.setIn(["map", i], w),
  mapNext: (s, i) => s.set("map", s.map.update(i, "z", nextWord)),
  mapNextIn: (s, i) => s.updateIn(["map", i], (v) => nextWord((v ?? "x") as Word)),
  mapDelete: (s, i) => s.deleteIn(["map", i]),
  mapClear: (s) => s.update("map", (map) => map.clear()),
  mapAll: (s) => s.set("map", s.map.map(nextWord)),
  mapOnly: (s, i, w) => s.set("map", Map([[i, w]])),
  mapMerge: (s, i, w) => s.set("map", s.map.merge(Map([[i, w]]), [[IDS[0]!, "y" as const]])),
  mapMutate: (s, i, w) =>
    s.set(
      "map",
      s.map.withMutations((m) => m.set(i, w).delete(IDS[2]!)),
    ),
  setAdd: (s, i) => s.set("crowd", s.crowd.add(i)),
  setDelete: (s, i) => s.set("crowd", s.crowd.delete(i)),
  setToggle: (s, i) => s.update("crowd", (set) => (set.has(i) ? set.remove(i) : set.add(i))),
  setUnion: (s, i) => s.set("crowd", s.crowd.union([i, IDS[1]!])),
  setSubtract: (s, i) => s.set("crowd", s.crowd.subtract([i])),
  setFilter: (s, i) =>
    s.set(
      "crowd",
      s.crowd.filter((member) => !member.equals(i)),
    ),
  setClear: (s) => s.set("crowd", s.crowd.clear()),
  setClearAdd: (s, i) => s.set("crowd", s.crowd.clear().add(i)),
  setWhole: (s, i) => s.set("crowd", Set([i])),
  nestedSet: (s, i) => s.setIn(["nested", i], Set()),
  nestedAdd: (s, i, _, k) =>
    s.updateIn(["nested", i], (inner) => ((inner ?? Set()) as Set<Id>).add(IDS[k]!)),
  nestedDelete: (s, i) => s.set("nested", s.nested.delete(i)),
  nestedCopy: (s, i) => s.set("nested", s.nested.set(i, s.crowd)),
  nestedOut: (s, i) => s.set("crowd", s.nested.get(i, Set<Id>())),
  nestedRefill: (s, i) =>
    s.set("nested", s.nested.clear().set(i, s.nested.get(i, Set<Id>()).add(IDS[0]!))),
  localDown: (s, i) => s.setIn(["local", i], "down"),
  localLeader: (s, i, _, k) => s.setIn(["local", i], new Leader({ n: k })),
  localFollower: (s, i, _, k) => s.setIn(["local", i], new Follower({ of: IDS[k]! })),
  localNext: (s, i) => {
    const local = s.local.get(i);
    return local instanceof Leader ? s.setIn(["local", i], local.update("n", nextNumber)) : s;
  },
  localPeers: (s, i, _, k) => {
    const local = s.local.get(i);
    if (!(local instanceof Leader)) return s;
    return s.set("local", s.local.set(i, local.set("peers", local.peers.add(IDS[k]!))));
  },
  localUpdate: (s, i) =>
    s.update("local", (locals) =>
      locals.update(i, "down", (l) => (l instanceof Leader ? l.update("n", nextNumber) : "down")),
    ),
  localCopy: (s, i, _, k) => s.set("local", s.local.set(i, s.local.get(IDS[k]!) ?? "down")),
  countUp: (s, _, w) => s.update("counts", (counts) => counts.update(w, 0, nextNumber)),
  countDrop: (s, _, w) => s.update("counts", (counts) => counts.delete(w)),
  listPush: (s, _, w) => (s.list.size < 2 ? s.set("list", s.list.push(w)) : s.set("list", List())),
  listUpdate: (s) => s.update("list", (list) => (list.size > 1 ? list.clear() : list.push("y"))),
  swap: (s) => s.merge({ tag: s.map.get(IDS[0]!, "x" as const), n: s.crowd.size % 3 }),
  anew: (s, i) => new State({ tag: s.tag, n: s.n, map: s.map, crowd: Set([i]), local: s.local }),
  clear: (s) => s.clear(),
};

interface Change {
  readonly make: string;
  readonly i: number;
  readonly w: number;
  readonly k: number;
}

function make(changes: readonly Change[], state: State): State {
  return changes.reduce((s, { make, i, w, k }) => CHANGES[make]!(s, IDS[i]!, WORDS[w]!, k), state);
}

interface ActionSpec {
  readonly by: "nobody" | "ids" | "set" | "map";
  readonly when: Question;
  /** More than one: a choice. */
  readonly then: readonly (readonly Change[])[];
  readonly kind: "step" | "failure" | "recovery";
}

/** A random system, as data. */
export interface SystemSpec {
  readonly initial: readonly (readonly Change[])[];
  readonly actions: readonly ActionSpec[];
}

const question: fc.Arbitrary<Question> = fc.letrec<{ question: Question }>((tie) => ({
  question: fc.oneof(
    { maxDepth: 2, depthSize: "small" },
    fc.record({ ask: fc.constantFrom(...Object.keys(QUESTIONS)), i: id, w: word, k: small }),
    fc.record({ not: tie("question") }),
    fc.record({ and: fc.tuple(tie("question"), tie("question")) }),
    fc.record({ or: fc.tuple(tie("question"), tie("question")) }),
  ),
})).question;

const change = fc.record({
  make: fc.constantFrom(...Object.keys(CHANGES)),
  i: id,
  w: word,
  k: small,
});
const changes = fc.array(change, { minLength: 1, maxLength: 3 });

export const systemSpec: fc.Arbitrary<SystemSpec> = fc.record({
  initial: fc.array(fc.array(change, { maxLength: 3 }), { minLength: 1, maxLength: 2 }),
  actions: fc.array(
    fc.record({
      by: fc.constantFrom(
        "nobody" as const,
        "nobody" as const,
        "ids" as const,
        "set" as const,
        "map" as const,
      ),
      when: question,
      then: fc.array(changes, { minLength: 1, maxLength: 2 }),
      kind: fc.constantFrom(
        "step" as const,
        "step" as const,
        "failure" as const,
        "recovery" as const,
      ),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

/** A random question about a state, as data and as a function. */
export const claimSpec = question;
export const claimOf = (spec: Question) => (s: State) => answer(spec, s);

const { action, actionBy } = actionsOver<State>();

/** The system as an author would have written it. */
export function systemOf({ initial, actions }: SystemSpec): TransitionSystem {
  const built = actions.map(({ by, when, then, kind }, n): Action<State, unknown, unknown> => {
    const name = `A${n}`;
    const results = (s: State) => then.map((changes) => make(changes, s));
    const one = (states: State[]) => (states.length === 1 ? states[0]! : states);
    if (by === "nobody")
      return action(name, { kind, when: (s) => answer(when, s), then: (s) => one(results(s)) });
    const quantifier: Quantifier<State, unknown, Id> =
      by === "ids"
        ? IDS
        : by === "set"
          ? membersOf((s: State) => s.crowd)
          : membersOf((s: State) => s.map);
    return actionBy<Id>(name, {
      kind,
      by: quantifier,
      when: (s, who) => answer(when, s) || s.nested.has(who),
      then: (s, who) => one(results(s).map((after) => after.set("who", who))),
    });
  });
  return {
    config: null,
    initial: initial.map((changes) => make(changes, new State())),
    actions: built,
  } as unknown as TransitionSystem;
}
