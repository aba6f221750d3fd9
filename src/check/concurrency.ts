import { type Instance, type LocalStates, type Model, mistake } from "../model/index.js";
import { build, mustBeUnique, setUp } from "./build.js";
import type { ConcurrencyResult, ConditionResult, Sighting } from "./concurrency-result.js";
import { concurrencySets } from "./concurrency-sets.js";
import { tablesOf } from "./concurrency-tables.js";
import {
  CONDITIONS,
  type Condition,
  conclusionOf,
  disagreementIn,
  obeying,
  violationsOf,
  type Witnessed,
} from "./nonblocking.js";
import { Occupancies } from "./occupancy.js";
import type { SearchOptions } from "./options.js";
import { type Chosen, choose } from "./scenario.js";
import { Search } from "./search.js";
import { traceTo } from "./trace.js";

/** How the sets are computed: breadth-first, so that whatever shows something is as near as can be. */
export type ConcurrencyOptions = Omit<SearchOptions, "search">;

/**
 * Searches the model's state space for the concurrency set of every local state, and decides the two
 * conditions of Skeen's nonblocking theorem.
 *
 * Without `faults` nothing fails, whatever the scenario: the theorem is about the sets of the protocol as
 * such. With failures, a process that is down is in no local state.
 *
 * @throws Mistake when the search cannot begin, as `check` does; local-states-missing when the model does
 *   not say what its local states are
 */
export async function concurrency(
  model: Model,
  options: ConcurrencyOptions = {},
): Promise<ConcurrencyResult> {
  const started = performance.now();
  const chosen = settle(model, options);
  const instance = build(model, chosen);
  const { processes, ...asked } = localStatesOf(model, instance);
  const search = new Search({ model, chosen, instance, started }, options, true);
  const { explorer } = search;
  const occupancies = new Occupancies(explorer, { processes, ...asked });
  await search.run(() => occupancies.follow());

  const complete = search.stoppedBy === null;
  const sets = concurrencySets(processes, occupancies.found);
  const sighting = ({ process, state, shows, sight }: Witnessed): Sighting => ({
    process: processes[process]!.name,
    state,
    shows,
    other: processes[sight.other]!.name,
    otherState: sight.otherState,
    trace: traceTo(explorer, sight.state),
  });
  const answered = (condition: Condition): ConditionResult => {
    const violations = violationsOf(condition, processes, sets).map(
      ({ witnesses, ...violation }) => ({
        ...violation,
        processes: violation.processes.map((i) => processes[i]!.name),
        sightings: witnesses.map(sighting),
      }),
    );
    const { name, claims } = condition;
    const verdict = violations.length > 0 ? "violated" : complete ? "holds" : "undecided";
    return { name, claims, verdict, violations };
  };

  const conditions = CONDITIONS.map(answered);
  const disagreement = disagreementIn(sets);
  const withFailures = canFail(model, chosen, instance);
  return {
    ...search.result(),
    complete,
    withFailures,
    voters: sets.voters.map((i) => processes[i]!.name),
    tables: tablesOf(processes, sets),
    conditions,
    obeying: complete ? obeying(sets).map((i) => processes[i]!.name) : null,
    disagreement: disagreement && sighting(disagreement),
    conclusion: conclusionOf(sets, {
      withFailures,
      complete,
      disagrees: disagreement !== null,
      violated: conditions.some(({ verdict }) => verdict === "violated"),
    }),
  };
}

/** The setting asked for, or the one that has its parameters and no failures. */
function settle(model: Model, options: ConcurrencyOptions): Chosen {
  const asked = choose(model, options);
  if (options.faults !== undefined || !model.takesFaults) return asked;
  return choose(model, { parameters: asked.parameters, faults: "" });
}

function localStatesOf({ name }: Model, { localStates }: Instance): LocalStates {
  if (!localStates)
    throw mistake("local-states-missing", { what: `${name} has no \`localStates\`` });
  mustBeUnique(
    "two processes are called",
    localStates.processes.map((process) => process.name),
  );
  return localStates;
}

function canFail(model: Model, { parameters }: Chosen, { faults }: Instance): boolean {
  return faults !== null && faults !== setUp(model, { parameters, faults: "" }).faults;
}
