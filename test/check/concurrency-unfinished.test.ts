import { describe, expect, it } from "vitest";
import twoPhaseCommit from "../../models/two-phase-commit.js";
import { concurrency, concurrencyOutcomeOf } from "../../src/check/index.js";
import type { LocalStates, Model } from "../../src/model/index.js";
import { handshake } from "../support/handshake.js";
import { linesOf } from "../support/naive-concurrency.js";
import { modelOf } from "../support/wanderers.js";

describe("a search that does not end", () => {
  it("leaves open what is not refuted, and whether it may be", async () => {
    const result = await concurrency(twoPhaseCommit, { maxStates: 40 });
    expect(result).toMatchObject({ complete: false, stoppedBy: "states", obeying: null });
    expect(result.conditions.map(({ verdict }) => verdict)).toEqual(["undecided", "undecided"]);
    expect(result.conclusion).toBe("undecided");
    expect(concurrencyOutcomeOf(result)).toBe("undecided");
    const { tables } = await concurrency(handshake("vote first"), { maxStates: 2 });
    expect(tables.map(({ states }) => states.length)).toEqual([2, 1]);
  });

  it("keeps what is refuted", async () => {
    const whole = await concurrency(twoPhaseCommit);
    const result = await concurrency(twoPhaseCommit, { maxStates: whole.states - 1 });
    expect(result.complete).toBe(false);
    expect(result.conditions.map(({ verdict }) => verdict)).toEqual(["violated", "violated"]);
    expect(result).toMatchObject({ conclusion: "blocking", obeying: null });
    expect(concurrencyOutcomeOf(result)).toBe("as-expected");
  });

  it("has sets of what was found until it was interrupted, or out of time", async () => {
    const parameters = { participants: 8 };
    const signal = AbortSignal.abort();
    const interrupted = await concurrency(twoPhaseCommit, { parameters, signal });
    expect(interrupted.stoppedBy).toBe("interrupt");
    expect(concurrencyOutcomeOf(interrupted)).toBe("interrupted");
    const late = await concurrency(twoPhaseCommit, { parameters, timeoutSeconds: 0.3 });
    expect(late).toMatchObject({ stoppedBy: "time", complete: false });
    expect(linesOf(late)).toContain("WAIT: participants INIT READY ABORT");
  });
});

describe("a model that does not say its local states", () => {
  const plain = modelOf({ moves: [], commit: [], abort: [], votes: {} });
  const saying = (localStates: Partial<LocalStates> | null): Model => ({
    ...plain,
    instantiate: (choice) => {
      const instance = plain.instantiate(choice);
      return {
        ...instance,
        localStates: localStates && { ...instance.localStates!, ...localStates },
      };
    },
  });

  it("at all is refused", () =>
    expect(concurrency(saying(null))).rejects.toMatchObject({ code: "local-states-missing" }));

  it("by name is told so, with the way there", async () => {
    const result = await concurrency(saying({ stateOf: () => undefined as never }));
    expect(result.mistake!.mistake).toMatchObject({ code: "claim-threw" });
    expect(result.mistake!.mistake.message).toContain("local state of w0");
    expect(concurrencyOutcomeOf(result)).toBe("mistake");
  });

  it("of processes that can be told apart is refused", () => {
    const twice = [
      { name: "p", role: "a" },
      { name: "p", role: "b" },
    ];
    return expect(concurrency(saying({ processes: twice }))).rejects.toMatchObject({
      code: "declaration-wrong",
    });
  });
});
