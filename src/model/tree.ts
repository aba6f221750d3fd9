/**
 * The memory of a pure function: a decision tree over the variables that it reads. A node asks one
 * variable for its id; a leaf is the outcome for every state that leads there, whatever its other
 * variables. Sound because the function is pure: same reads, same outcome.
 */
import { type PopulationRead, type Read, slotOf } from "./evaluation.js";
import { mistake } from "./mistake.js";
import { ABSENT, type Container, type Place } from "./places.js";

export const PENDING = 0;
export const NODE = 1;
export const LEAF = 2;

/**
 * One point of a tree: pending (never reached), a node, or a leaf. It turns from one into another in
 * place, so that whatever points to it stays right.
 */
export class Branch<T> {
  kind: typeof PENDING | typeof NODE | typeof LEAF = PENDING;
  /** Of a node: the variable and side that it asks, as `slotOf`, and where each id leads. */
  slot = -1;
  edges: (Branch<T> | undefined)[] = [];
  /** Of a node whose question is a projection: where each answer leads. */
  answers: Map<unknown, Branch<T>> | null = null;
  /** A node put in front of a leaf when a place was found that the leaf's outcome depends on. */
  added = false;
  /** Of a node: how many places were known when it was made. */
  born = 0;
  /** Of a leaf. */
  outcome: T | null = null;
  populations: readonly PopulationRead[] = [];
}

export class DecisionTree<T> {
  readonly root = new Branch<T>();
  /** The variables that some node asks. */
  readonly variables = new Set<number>();
  nodes = 0;
  readonly #crowds: Crowds<T>;

  constructor(crowds: Crowds<T>) {
    this.#crowds = crowds;
  }

  /** The leaf for a state, or the pending branch where the tree has not grown yet. */
  find(before: ArrayLike<number>, after: ArrayLike<number>): Branch<T> {
    let branch: Branch<T> = this.root;
    while (branch.kind === NODE) {
      const next: Branch<T> | undefined = branch.edges[idOn(branch.slot, before, after)];
      if (next === undefined) return new Branch<T>();
      branch = next;
    }
    return branch;
  }

  /** The ids of the variables that are known in full where a state's leaf stands. */
  facts(vector: ArrayLike<number>): ReadonlyMap<number, number> {
    const facts = new Map<number, number>();
    let branch: Branch<T> | undefined = this.root;
    while (branch?.kind === NODE) {
      const id = idOn(branch.slot, vector, vector);
      if (branch.answers === null) facts.set(branch.slot >> 1, id);
      branch = branch.edges[id];
    }
    return facts;
  }

  /**
   * Grows the tree by one evaluation of the function on the given state.
   *
   * @param born the number of places known when the function was called
   * @param again calls the function once more, and returns what it reads; asked for only on suspicion
   * @returns the state's leaf; an old one, if the answers turned out to be those of another state
   * @throws Mistake (impure) when the function asked for other variables than it did before, having
   *   been given the same answers, and for others again when called once more
   */
  grow(evaluated: Evaluated, outcome: T, born: number, again: () => readonly Read[]): Branch<T> {
    const { reads, populations, before, after } = evaluated;
    const path = new Path<T>(reads);
    let branch: Branch<T> = this.root;
    while (branch.kind === NODE) branch = path.step(branch, idOn(branch.slot, before, after));
    if (path.isSuspicious) mustReadTheSame(reads, again(), born);
    if (branch.kind === LEAF) return branch;
    for (const read of path.news()) branch = this.#extend(branch, read, born);
    branch.kind = LEAF;
    branch.outcome = outcome;
    return this.#crowds.join(branch, populations, this);
  }

  #extend(branch: Branch<T>, read: Read, born: number): Branch<T> {
    this.nodes++;
    this.variables.add(read.place.variable);
    branch.kind = NODE;
    branch.slot = slotOf(read.place, read.side);
    branch.born = born;
    if (!read.projected) return edgeOf(branch, read.id);
    branch.answers = new Map();
    return answerOf(branch, read.id, read.result);
  }
}

/** One evaluation: what was read, on which state or states. */
export interface Evaluated {
  readonly reads: readonly Read[];
  readonly populations: readonly PopulationRead[];
  readonly before: ArrayLike<number>;
  readonly after: ArrayLike<number>;
}

/**
 * The way down a tree in step with the reads of an evaluation: the function, being pure, asks what it
 * asked before as long as it is given the same answers. Only while both are in step is a projection of
 * the path known to be the same question; what is known in full stays known either way.
 */
class Path<T> {
  readonly #reads: readonly Read[];
  readonly #known = new Set<number>();
  readonly #addedSlots = new Set<number>();
  #position = 0;
  #inStep = true;
  #disagreed = false;

  constructor(reads: readonly Read[]) {
    this.#reads = reads;
  }

  step(branch: Branch<T>, id: number): Branch<T> {
    const { slot } = branch;
    if (branch.added) {
      this.#known.add(slot);
      this.#addedSlots.add(slot);
      return edgeOf(branch, id);
    }
    const read = this.#readAt(branch);
    if (read !== undefined && !read.projected) this.#known.add(slot);
    if (branch.answers === null) {
      this.#known.add(slot);
      return edgeOf(branch, id);
    }
    if (branch.edges[id] === undefined && read?.projected) return answerOf(branch, id, read.result);
    return edgeOf(branch, id);
  }

  /** The read that is the node's question, if the two are still in step. */
  #readAt(branch: Branch<T>): Read | undefined {
    // The function was not asked again what it knew.
    if (this.#known.has(branch.slot)) return undefined;
    while (this.#inStep) {
      const read = this.#reads[this.#position];
      const slot = read && slotOf(read.place, read.side);
      if (slot === branch.slot) {
        this.#position++;
        return read;
      }
      // The path did not ask again what it knew. Only a member found since may lead the function elsewhere.
      const isKnown = slot !== undefined && this.#known.has(slot);
      if (isKnown && !(this.#addedSlots.has(slot) && read!.id !== 0)) this.#position++;
      else {
        this.#inStep = false;
        // A place found since may be read where the path could not: that is no fault of the function.
        const isNew = read !== undefined && read.place.variable >= branch.born;
        if (!isNew && this.#addedSlots.size === 0) this.#disagreed = true;
      }
    }
    return undefined;
  }

  /** The function seems to ask for something else than it did before; there may be an innocent reason. */
  get isSuspicious(): boolean {
    return this.#disagreed;
  }

  /** The reads that the path does not know the answer to, in order. */
  *news(): Iterable<Read> {
    for (const read of this.#reads.slice(this.#position)) {
      const slot = slotOf(read.place, read.side);
      if (this.#known.has(slot)) continue;
      if (!read.projected) this.#known.add(slot);
      yield read;
    }
  }
}

/** Of places found in between, the second call may read more than the first could. */
function mustReadTheSame(first: readonly Read[], second: readonly Read[], born: number): void {
  const [reads, again] = [first, second].map((all) =>
    all.filter(({ place }) => place.variable < born),
  ) as [Read[], Read[]];
  const differs = reads.findIndex((read, i) => {
    const other = again[i];
    return other === undefined || other.place !== read.place || other.side !== read.side;
  });
  const other = again[differs < 0 ? reads.length : differs];
  if (differs < 0 && other === undefined) return;
  throw mistake("impure", {
    what: `called twice on the same state, it read ${reads[differs]?.place.path ?? "nothing more"} and then ${other?.place.path ?? "nothing more"}`,
  });
}

function idOn(slot: number, before: ArrayLike<number>, after: ArrayLike<number>): number {
  return (slot & 1 ? after : before)[slot >> 1] ?? 0;
}

function edgeOf<T>(branch: Branch<T>, id: number): Branch<T> {
  let edge = branch.edges[id];
  if (edge === undefined) {
    edge = new Branch<T>();
    branch.edges[id] = edge;
  }
  return edge;
}

function answerOf<T>(branch: Branch<T>, id: number, answer: unknown): Branch<T> {
  let edge = branch.answers!.get(answer);
  if (edge === undefined) {
    edge = new Branch<T>();
    branch.answers!.set(answer, edge);
  }
  branch.edges[id] = edge;
  return edge;
}

interface Member<T> {
  readonly leaf: Branch<T>;
  readonly read: PopulationRead;
  readonly tree: DecisionTree<T>;
}

/**
 * The leaves whose outcome holds only as long as nothing else is in a container: the function asked for
 * its size, or walked it. When a place is found there, such a leaf must not answer for states that hold it.
 */
export class Crowds<T> {
  readonly #leaves = new Map<Container, Member<T>[]>();

  /**
   * Notes what a leaf depends on, and what was found while its outcome was being computed.
   * @returns the leaf, which may have a node before it now
   */
  join(leaf: Branch<T>, populations: readonly PopulationRead[], tree: DecisionTree<T>): Branch<T> {
    leaf.populations = populations;
    for (const read of populations) {
      let leaves = this.#leaves.get(read.container);
      if (leaves === undefined) {
        leaves = [];
        this.#leaves.set(read.container, leaves);
      }
      leaves.push({ leaf, read, tree });
    }
    const behind = populations.find(({ container, known }) => known < container.children.length);
    return behind ? this.#guard(leaf, behind, tree) : leaf;
  }

  /** A place was found: puts a node before every leaf that knew nothing of it. */
  found(child: Place): void {
    const leaves = this.#leaves.get(child.inside!);
    if (leaves === undefined) return;
    this.#leaves.set(child.inside!, []);
    // A leaf may stand here twice, for both sides of a step: joining anew takes care of the second.
    for (const { leaf, read, tree } of leaves)
      if (leaf.kind === LEAF) this.#guard(leaf, read, tree);
  }

  /** The leaf's outcome is for states in which the next place is absent; of the others nothing is known. */
  #guard(leaf: Branch<T>, behind: PopulationRead, tree: DecisionTree<T>): Branch<T> {
    const { container, side, known } = behind;
    const child = container.children[known]!;
    tree.nodes++;
    tree.variables.add(child.variable);
    const same = new Branch<T>();
    same.kind = LEAF;
    same.outcome = leaf.outcome;
    const populations = leaf.populations.map((read) =>
      read.container === container && read.side === side ? { ...read, known: known + 1 } : read,
    );
    leaf.kind = NODE;
    leaf.added = true;
    leaf.slot = slotOf(child, side);
    leaf.born = child.variable + 1;
    leaf.edges = [];
    leaf.edges[child.idOf(ABSENT)] = same;
    leaf.outcome = null;
    leaf.populations = [];
    return this.join(same, populations, tree);
  }
}
