import type { Claim } from "../model/claim.js";
import type { Effect } from "../model/effects.js";
import type { Instance, Outcome } from "../model/instance.js";
import type { Program } from "../model/program.js";
import { type Branch, LEAF, NODE } from "../model/tree.js";
import type { Layout } from "./layout.js";
import type { Tuning } from "./tuning.js";

/** One instance's tree as text, to be a labelled block of a function. */
export interface Source {
  readonly index: number;
  readonly text: string;
  readonly successorsMax: number;
  readonly tables: ReadonlyMap<string, Int32Array>;
}

/** A claim about states, and the answer that nobody needs to hear about. */
export interface Routine {
  readonly claim: Claim;
  readonly usual: boolean;
}

/** Whether a claim's tree is small enough to be compiled. */
export function isSmall({ tree }: Claim, { compiledNodes }: Tuning): boolean {
  return tree.nodes <= compiledNodes;
}

/** Writes trees as nested switches over the packed words. */
export class Writer {
  readonly #program: Program;
  readonly #layout: Layout;
  readonly #tuning: Tuning;
  readonly #tables = new Map<string, Int32Array>();
  readonly #records: boolean;
  #successorsMax = 0;
  #miss = "";
  #index = 0;

  constructor(program: Program, layout: Layout, tuning: Tuning, records = false) {
    this.#records = records;
    this.#tuning = tuning;
    this.#program = program;
    this.#layout = layout;
  }

  instance(instance: Instance): Source | null {
    this.#index = instance.index;
    this.#miss = `{ C[0] = loops0; C[1] = ${instance.index}; return ~o0; }`;
    const text = this.#branch(instance.tree.root, new Map());
    if (this.#successorsMax > this.#tuning.batch) return null;
    return {
      index: instance.index,
      text: `${text}\n`,
      successorsMax: this.#successorsMax,
      tables: this.#tables,
    };
  }

  /** A claim asked of a single state, which is then also the state after. */
  survey({ claim, usual }: Routine): string {
    this.#miss = "return i;";
    return this.#answers(claim.tree.root, usual, (slot) => `w${this.#layout.word[slot >> 1]}`);
  }

  /** Nothing where the answer is the usual one; whatever else there is, is handed back. */
  #answers(
    branch: Branch<boolean> | undefined,
    usual: boolean,
    wordOf: (slot: number) => string,
  ): string {
    if (branch?.kind === LEAF && branch.outcome === usual) return "";
    if (branch?.kind !== NODE) return this.#miss;
    return this.#switch(branch, new Map(), wordOf(branch.slot), (edge) =>
      this.#answers(edge, usual, wordOf),
    );
  }

  #branch(branch: Branch<Outcome> | undefined, facts: ReadonlyMap<number, number>): string {
    if (branch === undefined) return this.#miss;
    if (branch.kind === LEAF) return this.#leaf(branch.outcome!, facts);
    if (branch.kind !== NODE) return this.#miss;
    return this.#switch(branch, facts, `w${this.#layout.word[branch.slot >> 1]}`, (edge, known) =>
      this.#branch(edge, known),
    );
  }

  /** One case for each place that the ids of the asked variable lead to. */
  #switch<T>(
    branch: Branch<T>,
    facts: ReadonlyMap<number, number>,
    word: string,
    below: (edge: Branch<T> | undefined, facts: ReadonlyMap<number, number>) => string,
  ): string {
    const v = branch.slot >> 1;
    const size = this.#program.places.all[v]!.values.length;
    // Bits may have room for ids that do not exist yet: they must come to nobody's case.
    const hasRoom = size <= this.#layout.mask[v]!;
    const groups = new Map<Branch<T> | undefined, number[]>();
    for (let id = 0; id < size; id++) {
      const edge = branch.edges[id];
      const ids = groups.get(edge);
      if (ids) ids.push(id);
      else groups.set(edge, [id]);
    }
    const cases: { ids: number[]; text: string }[] = [];
    for (const [edge, ids] of groups) {
      const text = below(edge, ids.length === 1 ? new Map(facts).set(v, ids[0]!) : facts);
      const same = cases.find((other) => other.text === text);
      if (same) same.ids.push(...ids);
      else cases.push({ ids, text });
    }
    if (hasRoom && !cases.some(({ text }) => text === this.#miss))
      cases.push({ ids: [], text: this.#miss });
    if (cases.length === 1) return cases[0]!.text;
    const most = hasRoom
      ? cases.find(({ text }) => text === this.#miss)
      : cases.reduce((a, b) => (b.ids.length > a.ids.length ? b : a));
    const others = cases.filter((other) => other !== most);
    const subject = `(${word} >>> ${this.#layout.shift[v]}) & ${this.#layout.mask[v]}`;
    if (others.length === 1 && others[0]!.ids.length === 1)
      return `if ((${subject}) === ${others[0]!.ids[0]}) {\n${others[0]!.text}\n} else {\n${most!.text}\n}`;
    const arms = others.map(
      ({ ids, text }) => `${ids.map((id) => `case ${id}:`).join(" ")} {\n${text}\nbreak; }`,
    );
    return `switch (${subject}) {\n${arms.join("\n")}\ndefault: {\n${most!.text}\n} }`;
  }

  #leaf(outcome: Outcome, facts: ReadonlyMap<number, number>): string {
    this.#successorsMax = Math.max(this.#successorsMax, outcome.length);
    return outcome.map((effect) => this.#effect(effect, facts)).join("\n");
  }

  #effect(effect: Effect, facts: ReadonlyMap<number, number>): string {
    const { word, shift, mask, words } = this.#layout;
    const keep = new Array<number>(words).fill(-1);
    const put = new Array<number>(words).fill(0);
    const looked = new Array<string[]>(words);
    let surelyChanges = false;
    for (const [v, id] of effect.sets) {
      if (mask[v] === 0 || facts.get(v) === id) continue;
      if (facts.has(v)) surelyChanges = true;
      keep[word[v]!]! &= ~(mask[v]! << shift[v]!);
      put[word[v]!]! |= id << shift[v]!;
    }
    const lines: string[] = [];
    for (const [v, table] of effect.updates) {
      const name = `T${v}_${effect.index}`;
      const to = new Int32Array(mask[v]! + 1).fill(-1);
      table.to.forEach((result, id) => {
        if (result !== undefined) to[id] = result;
      });
      this.#tables.set(name, to);
      const w = word[v]!;
      keep[w]! &= ~(mask[v]! << shift[v]!);
      lines.push(
        `const t${v} = ${name}[(w${w} >>> ${shift[v]}) & ${mask[v]}]; if (t${v} < 0) ${this.#miss}`,
      );
      looked[w] = [...(looked[w] ?? []), `(t${v} << ${shift[v]})`];
    }
    const results = keep.map((mask, w) => {
      if (mask === -1 && !looked[w]) return `w${w}`;
      const kept = mask === 0 ? "0" : `(w${w} & ${mask})`;
      return [kept, ...(put[w] ? [`${put[w]}`] : []), ...(looked[w] ?? [])].join(" | ");
    });
    const changed = results.flatMap((result, w) => (result === `w${w}` ? [] : [w]));
    if (changed.length === 0 && !this.#records) return "loops++;";
    for (const w of changed) lines.push(`const n${w} = ${results[w]};`);
    const next = (w: number) => (changed.includes(w) ? `n${w}` : `w${w}`);
    for (const claim of this.#program.stepClaims.toAsk(effect))
      if (!claim.decided) lines.push(this.#ask(claim, next));
    const write = results.map((_, w) => `O[o${w ? ` + ${w}` : ""}] = ${next(w)};`).join(" ");
    const record = this.#records ? `R[o / ${words}] = ${this.#index}; ` : "";
    const emit = `${write} ${record}o += ${words};`;
    const differs = changed.map((w) => `n${w} !== w${w}`).join(" || ");
    const always = surelyChanges || this.#records;
    lines.push(always ? emit : `if (${differs}) { ${emit} } else loops++;`);
    return `{ ${lines.join("\n")} }`;
  }

  /** Whatever is not known to be true of the step is handed back. */
  #ask(claim: Claim, next: (word: number) => string): string {
    if (!isSmall(claim, this.#tuning)) return this.#miss;
    return this.#answers(claim.tree.root, true, (slot) => {
      const w = this.#layout.word[slot >> 1]!;
      return slot & 1 ? next(w) : `w${w}`;
    });
  }
}
