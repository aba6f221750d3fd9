import type { Explorer, StateWatch, StepWatch } from "../engine/explorer.js";
import type { Graph } from "../engine/graph.js";
import type { Budget } from "../engine/words.js";
import type { Property, StateRecord } from "../model/index.js";
import { firstTrapped, graphOf } from "./possible.js";
import type { PropertyResult, Trace, Verdict } from "./result.js";
import { traceThrough, traceTo } from "./trace.js";

/** What is known of a property when the exploration has ended. */
export type Finding = Pick<
  PropertyResult,
  "verdict" | "trace" | "witness" | "shortest" | "explanation" | "caughtIn"
>;

/** One property put to an exploration: watched while it runs, answered when it has ended. */
export interface Question {
  readonly property: Property;
  /**
   * @yields now and then
   * @throws Mistake when a goal throws, OutOfMemory when there is no room for the graph
   */
  answer(): Generator<void, Finding>;
}

/** Puts the properties to an exploration that has not begun. */
export function ask(
  explorer: Explorer,
  config: unknown,
  properties: readonly Property[],
  budget: Budget,
): Question[] {
  // Several properties may ask about the same graph.
  let graph: Graph | null = null;
  function* sharedGraph(): Generator<void, Graph> {
    graph ??= yield* graphOf(explorer, budget);
    return graph;
  }
  return properties.map((property) => ({
    property,
    answer: put(explorer, config, property, sharedGraph),
  }));
}

function put(
  explorer: Explorer,
  config: unknown,
  property: Property,
  sharedGraph: () => Generator<void, Graph>,
): () => Generator<void, Finding> {
  const { program } = explorer;
  const onStates = (claim: (state: StateRecord) => boolean) =>
    program.claim(property.name, (state) => claim(state as StateRecord));
  switch (property.kind) {
    case "always": {
      const watch = explorer.watchStates(
        onStates((s) => property.claim(s)),
        false,
      );
      return now(() => refuted(explorer, config, property, watch));
    }
    case "noDeadlock": {
      const watch = explorer.watchStates(
        onStates((s) => property.final(s)),
        false,
        true,
      );
      return now(() => refuted(explorer, config, property, watch));
    }
    case "sometimes": {
      const watch = explorer.watchStates(
        onStates((s) => property.claim(s)),
        true,
      );
      return now(() => reached(explorer, config, watch));
    }
    case "alwaysStep": {
      const watches = (property.by ?? [undefined]).map((who) => {
        const label = property.by ? `${property.name} of ${String(who)}` : property.name;
        const claim = program.stepClaim(label, (before, after) =>
          property.claim(before as StateRecord, after as StateRecord, who),
        );
        return { who, watch: explorer.watchSteps(claim) };
      });
      return now(() => stepRefuted(explorer, config, property, watches));
    }
    case "alwaysPossible":
      return function* () {
        const trapped = yield* firstTrapped(explorer, yield* sharedGraph(), property);
        if (trapped === null) return nothingFound(explorer, "holds");
        const trace = traceTo(explorer, config, trapped.state);
        return {
          ...violated(explorer, property, trace, trapped.who),
          caughtIn: trapped.caughtIn,
          shortest: isShortest(explorer) && explorer.end === "complete",
        };
      };
  }
}

function now(answer: () => Finding): () => Generator<void, Finding> {
  // biome-ignore lint/correctness/useYield: an answer that takes no time to find
  return function* () {
    return answer();
  };
}

function refuted(
  explorer: Explorer,
  config: unknown,
  property: Property,
  { found }: StateWatch,
): Finding {
  if (found === null) return nothingFound(explorer, "holds");
  return violated(explorer, property, traceTo(explorer, config, found), undefined);
}

function reached(explorer: Explorer, config: unknown, { found }: StateWatch): Finding {
  if (found === null) return nothingFound(explorer, "violated");
  return {
    ...nothingFound(explorer, "holds"),
    verdict: "holds",
    witness: traceTo(explorer, config, found),
  };
}

function stepRefuted(
  explorer: Explorer,
  config: unknown,
  property: Property,
  watches: readonly { readonly who: unknown; readonly watch: StepWatch }[],
): Finding {
  const traces = watches.flatMap(({ who, watch: { found } }) =>
    found === null ? [] : [{ who, trace: traceThrough(explorer, config, found) }],
  );
  if (traces.length === 0) return nothingFound(explorer, "holds");
  const { who, trace } = traces.reduce((a, b) => (b.trace.length < a.trace.length ? b : a));
  return violated(explorer, property, trace, who);
}

function violated(explorer: Explorer, property: Property, trace: Trace, who: unknown): Finding {
  return {
    verdict: "violated",
    trace,
    witness: null,
    shortest: isShortest(explorer),
    explanation: explained(property, trace, who),
    caughtIn: null,
  };
}

/** A verdict is not lost because its explanation throws. */
function explained(property: Property, trace: Trace, who: unknown): readonly string[] {
  try {
    return property.explain?.(trace.at(-1)!.state, who) ?? [];
  } catch (error) {
    return [`(The property's own \`explain\` threw: ${String(error)})`];
  }
}

/** The whole state space was seen, or nobody knows. */
function nothingFound({ end }: Explorer, whenComplete: Verdict): Finding {
  return {
    verdict: end === "complete" ? whenComplete : "undecided",
    trace: null,
    witness: null,
    shortest: false,
    explanation: [],
    caughtIn: null,
  };
}

function isShortest(explorer: Explorer): boolean {
  return explorer.search === "bfs";
}
