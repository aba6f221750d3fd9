import type { Action } from "./action.js";
import type { Effect } from "./effects.js";
import type { Place } from "./places.js";
import type { DecisionTree } from "./tree.js";

/** What an action does in a state: one effect per successor, none where it is not enabled. */
export type Outcome = readonly Effect[];

/** One action taken by one actor. */
export class Instance {
  readonly index: number;
  readonly action: Action;
  readonly who: unknown;
  readonly label: string;
  /** Of an action by `membersOf`: the place that must not be absent. */
  readonly member: Place | null;
  tree: DecisionTree<Outcome>;
  /** Whether updates may be deferred; no longer, once one turned out to read other variables. */
  defers = true;
  everEnabled = false;

  constructor(
    index: number,
    action: Action,
    who: unknown,
    label: string,
    member: Place | null,
    tree: DecisionTree<Outcome>,
  ) {
    this.index = index;
    this.action = action;
    this.who = who;
    this.label = label;
    this.member = member;
    this.tree = tree;
  }
}
