/**
 * The engine against the naive reference explorer, on random transition systems, in every mode. The seed
 * of a run is printed; FAULTLINE_SEED repeats it.
 */
import fc from "fast-check";
import { Set as ImmutableSet } from "immutable";
import { expect, it } from "vitest";
import { Explorer, type ExplorerOptions } from "../../src/engine/explorer.js";
import { pathTo } from "../../src/engine/path.js";
import type { Tuning } from "../../src/engine/tuning.js";
import { Program } from "../../src/model/program.js";
import { RUNS, SEED } from "../support/fuzz.js";
import { systemOf, systemSpec } from "../support/random-systems.js";
import { explore } from "../support/reference.js";

const STATES_MAX = 150;

const MODES: Record<string, Partial<ExplorerOptions> & { tuning?: Partial<Tuning> }> = {
  "breadth-first, as it comes": {},
  "breadth-first, walked only": { tuning: { calm: Number.POSITIVE_INFINITY } },
  "breadth-first, compiled at once": { tuning: { calm: 0, handedBack: 0 } },
  "breadth-first, compiled late, in tiny batches": { tuning: { calm: 7, handedBack: 2, batch: 2 } },
  "breadth-first, widened in place": { tuning: { denseBelow: 0, calm: 3, compiledNodes: 4 } },
  "depth-first": { search: "dfs", tuning: { calm: 5, denseBelow: 3 } },
  "breadth-first, every hit audited": { audit: "all" },
};

it(`agrees with the reference on ${RUNS} random systems in every mode (seed ${SEED})`, () => {
  let compared = 0;
  let largest = 0;
  fc.assert(
    fc.property(systemSpec, (spec) => {
      const system = systemOf(spec);
      const reference = explore(system, STATES_MAX);
      if (reference === null) return;
      compared++;
      largest = Math.max(largest, reference.states);
      for (const [mode, options] of Object.entries(MODES)) {
        const program = new Program(system);
        const explorer = new Explorer(program, {
          search: "bfs",
          maxStates: Number.POSITIVE_INFINITY,
          audit: "sample",
          exhaust: true,
          budget: () => {},
          ...options,
        });
        explorer.run(() => false);
        expect(explorer.mistake, mode).toBe(null);
        expect([explorer.end, explorer.store.count, explorer.transitions], mode).toEqual([
          "complete",
          reference.states,
          reference.transitions,
        ]);
        if (options.search !== "dfs") expect(explorer.depth, mode).toBe(reference.depth);
        const found = Array.from({ length: explorer.store.count }, (_, i) =>
          program.state(explorer.expander.vector(i)),
        );
        expect(ImmutableSet(found).equals(reference.level.keySeq().toSet()), mode).toBe(true);
        if (options.search !== "dfs")
          for (const [i, state] of found.entries())
            expect(pathTo(explorer, i).length - 1, mode).toBe(reference.level.get(state));
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
  // Otherwise the comparison above may be about nothing.
  expect(compared).toBeGreaterThan(RUNS / 2);
  expect(largest).toBeGreaterThan(100);
}, 240_000);
