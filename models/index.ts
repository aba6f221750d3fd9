/**
 * The models that come with Faultline, by the name that the command line knows them by. Each is
 * loaded when it is asked for, so that the number of models does not slow the start.
 */
import type { Model } from "../src/model/index.js";

type Load = () => Promise<{ readonly default: Model }>;

export const MODELS: ReadonlyMap<string, Load> = new Map<string, Load>([
  ["two-phase-commit", () => import("./two-phase-commit.js")],
  ["two-phase-commit-listings", () => import("./two-phase-commit-listings.js")],
  ["two-phase-commit-decision-unlogged", () => import("./two-phase-commit-decision-unlogged.js")],
  ["two-phase-commit-vote-unlogged", () => import("./two-phase-commit-vote-unlogged.js")],
  ["two-phase-commit-presumed", () => import("./two-phase-commit-presumed.js")],
  ["two-phase-commit-presumed-too-soon", () => import("./two-phase-commit-presumed-too-soon.js")],
  ["three-phase-commit", () => import("./three-phase-commit.js")],
  ["three-phase-commit-no-move", () => import("./three-phase-commit-no-move.js")],
  ["paxos-commit", () => import("./paxos-commit.js")],
  ["paxos-commit-own-proposal", () => import("./paxos-commit-own-proposal.js")],
  ["transaction-commit", () => import("./transaction-commit.js")],
]);
