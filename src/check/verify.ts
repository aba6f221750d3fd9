import type { Explorer, StateWatch, StepWatch } from "../engine/explorer.js";
import type { Graph } from "../engine/graph.js";
import { type PathStep, pathTo } from "../engine/path.js";
import type { Budget } from "../engine/words.js";
import type { Property, StateRecord } from "../model/index.js";
import { causesOf } from "./causes.js";
import { firstTrapped, graphOf } from "./possible.js";
import type { PropertyResult, Trace, Verdict } from "./result.js";
import { pathThrough, told, traceTo } from "./trace.js";

/** What is known of a property when the exploration has ended. */
export type Finding = Pick<
  PropertyResult,
  "verdict" | "trace" | "witness" | "shortest" | "explanation" | "caughtIn" | "causes"
> & {
  /** The counterexample before it was told, and for whom the claim is false. */
  readonly refutation: Refutation | null;
};

export interface Refutation {
  readonly path: readonly PathStep[];
  /** The first of them is the one that the explanation is about. */
  readonly whose: readonly unknown[];
}

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
    answer: put(explorer, property, sharedGraph),
  }));
}

function put(
  explorer: Explorer,
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
      return now(() => refuted(explorer, property, watch));
    }
    case "noDeadlock": {
      const watch = explorer.watchStates(
        onStates((s) => property.final(s)),
        false,
        true,
      );
      return now(() => refuted(explorer, property, watch));
    }
    case "sometimes": {
      const watch = explorer.watchStates(
        onStates((s) => property.claim(s)),
        true,
      );
      return now(() => reached(explorer, watch));
    }
    case "alwaysStep": {
      const watches = (property.by ?? [undefined]).map((who) => {
        const label = property.by ? `${property.name} of ${String(who)}` : property.name;
        const claim = program.stepClaim(label, (before, after) =>
          property.claim(before as StateRecord, after as StateRecord, who),
        );
        return { who, watch: explorer.watchSteps(claim) };
      });
      return now(() => stepRefuted(explorer, property, watches));
    }
    case "alwaysPossible":
      return function* () {
        const trapped = yield* firstTrapped(explorer, yield* sharedGraph(), property);
        if (trapped === null) return nothingFound(explorer, "holds");
        const path = pathTo(explorer, trapped.state);
        return {
          ...violated(explorer, property, { path, whose: trapped.whose }),
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

function refuted(explorer: Explorer, property: Property, { found }: StateWatch): Finding {
  if (found === null) return nothingFound(explorer, "holds");
  return violated(explorer, property, { path: pathTo(explorer, found), whose: [undefined] });
}

function reached(explorer: Explorer, { found }: StateWatch): Finding {
  if (found === null) return nothingFound(explorer, "violated");
  return {
    ...nothingFound(explorer, "holds"),
    verdict: "holds",
    witness: traceTo(explorer, found),
  };
}

function stepRefuted(
  explorer: Explorer,
  property: Property,
  watches: readonly { readonly who: unknown; readonly watch: StepWatch }[],
): Finding {
  const paths = watches.flatMap(({ who, watch: { found } }) =>
    found === null ? [] : [{ whose: [who], path: pathThrough(explorer, found) }],
  );
  if (paths.length === 0) return nothingFound(explorer, "holds");
  const nearest = paths.reduce((a, b) => (b.path.length < a.path.length ? b : a));
  return violated(explorer, property, nearest);
}

function violated(explorer: Explorer, property: Property, refutation: Refutation): Finding {
  const trace = told(explorer.program, refutation.path);
  return {
    verdict: "violated",
    trace,
    witness: null,
    shortest: isShortest(explorer),
    explanation: explained(property, trace, refutation.whose[0]),
    caughtIn: null,
    causes: causesOf(trace, property.kind, concerned(property, trace, refutation.whose)),
    refutation,
  };
}

/** Nor because it does not know whom it concerns. */
function concerned(property: Property, trace: Trace, whose: readonly unknown[]): readonly string[] {
  try {
    const { state } = trace.at(-1)!;
    const names = whose.flatMap((who) => [...(property.concerns?.(state, who) ?? [])].map(String));
    return [...new Set(names)];
  } catch {
    return [];
  }
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
    causes: null,
    refutation: null,
  };
}

function isShortest(explorer: Explorer): boolean {
  return explorer.search === "bfs";
}
