import type { DecisionTree } from "./tree.js";

/** A question about a state, or about the two states of a step, remembered by what it reads. */
export class Claim {
  readonly label: string;
  readonly ask: (before: unknown, after: unknown) => boolean;
  readonly tree: DecisionTree<boolean>;
  decided = false;

  constructor(
    label: string,
    ask: (before: unknown, after: unknown) => boolean,
    tree: DecisionTree<boolean>,
  ) {
    this.label = label;
    this.ask = ask;
    this.tree = tree;
  }
}
