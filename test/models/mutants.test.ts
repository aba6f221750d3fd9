import { expect, it } from "vitest";
import { mutantsOf } from "../support/mutants.js";
import { LOWERING_RULES, MODEL_RULES, type Rule } from "../support/mutation-rules.js";

/** Each mutant by its name, and the line of the source that it changes as it is then. */
const shown = (text: string, rules: readonly Rule[]) =>
  mutantsOf({ file: "a.ts", text }, rules)
    .map((mutant) => `${mutant.name}\n    ${mutant.text.split("\n")[mutant.line - 1]!.trim()}`)
    .join("\n");

it("weakens each conjunct of a guard, and a guard of one condition as a whole", () => {
  const text = `
    const Begin = action("Begin", {
      when: (s) => s.idle && (s.asked || s.eager) && !s.done,
    });
    const End = action("End", {
      when: (s) => s.begun,
    });`;
  expect(shown(text, MODEL_RULES)).toMatchInlineSnapshot(`
    "Begin when: s.idle → true
        when: (s) => true && (s.asked || s.eager) && !s.done,
    Begin when: (s.asked || s.eager) → true
        when: (s) => s.idle && true && !s.done,
    Begin when: !s.done → true
        when: (s) => s.idle && (s.asked || s.eager) && true,
    Begin when: s.asked → false
        when: (s) => s.idle && (false || s.eager) && !s.done,
    Begin when: s.eager → false
        when: (s) => s.idle && (s.asked || false) && !s.done,
    End when: s.begun → true
        when: (s) => true,"
  `);
});

it("weakens the handlers of a role", () => {
  const text = `
    const it = role("workers", {
      initially: (p) => p.awaiting(q),
      states: {
        IDLE: {
          ASK: (p) => oneOf(p.write({ state: "BUSY" }), p.repeat(others, ASK)),
          timeout: (p) => (p.awaited.isEmpty() ? p : p.awaitingAll(p.awaited)),
        },
      },
      recover(p) {
        if (p.stable.done) return p;
        return begin(p);
      },
    });`;
  expect(shown(text, MODEL_RULES)).toMatchInlineSnapshot(`
    "it workers initially: without initially
        "initially, unhandled": undefined,
    it workers initially: without .awaiting(q)
        initially: (p) => p,
    it workers states: without IDLE.ASK
        "ASK, unhandled": undefined,
    it workers states: without IDLE.timeout
        "timeout, unhandled": undefined,
    it workers states IDLE ASK: without the alternative p.write({ state: "BUSY" })
        ASK: (p) => oneOf(p.repeat(others, ASK)),
    it workers states IDLE ASK: without the alternative p.repeat(others, ASK)
        ASK: (p) => oneOf(p.write({ state: "BUSY" })),
    it workers states IDLE ASK: without .write({ state: "BUSY" })
        ASK: (p) => oneOf(p, p.repeat(others, ASK)),
    it workers states IDLE ASK: without .repeat(others, ASK)
        ASK: (p) => oneOf(p.write({ state: "BUSY" }), p),
    it workers states IDLE ASK: repeat → broadcast
        ASK: (p) => oneOf(p.write({ state: "BUSY" }), p.broadcast(others, ASK)),
    it workers states IDLE timeout: p.awaited.isEmpty() → true
        timeout: (p) => (true ? p : p.awaitingAll(p.awaited)),
    it workers states IDLE timeout: p.awaited.isEmpty() → false
        timeout: (p) => (false ? p : p.awaitingAll(p.awaited)),
    it workers states IDLE timeout: without .awaitingAll(p.awaited)
        timeout: (p) => (p.awaited.isEmpty() ? p : p),
    it workers states IDLE timeout: p.awaited → [...p.awaited].slice(1)
        timeout: (p) => (p.awaited.isEmpty() ? p : p.awaitingAll([...p.awaited].slice(1))),
    it workers recover: return begin(p); → return p;
        return p;
    it workers recover: p.stable.done → true
        if (true) return p;
    it workers recover: p.stable.done → false
        if (false) return p;"
  `);
});

it("weakens what decides when something can happen, and not how it is told", () => {
  const text = `
    function crashing(config) {
      return {
        by: config.processes.filter((p) => config.mayCrash(p)),
        arises: (s, p) => s.budgets.some((budget) => budget > 0),
        tell: (s, p) => (s.up && p.up ? "down" : "up"),
      };
    }
    function checked(budget) {
      if (budget < 0) throw new Error("below zero");
      return budget;
    }`;
  expect(shown(text, LOWERING_RULES)).toMatchInlineSnapshot(`
    "crashing by: without .filter((p) => config.mayCrash(p))
        by: config.processes,
    crashing arises: s.budgets.some((budget) => budget > 0) → true
        arises: (s, p) => true,
    crashing arises: budget > 0 → true
        arises: (s, p) => s.budgets.some((budget) => true),"
  `);
});
