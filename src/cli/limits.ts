import type { Given } from "./given.js";

/** `--max-states` and `--timeout`. */
export function limitsOf(given: Given) {
  return {
    maxStates: given.number("max-states", "a whole number of 1 or more", isCount),
    timeoutSeconds: given.number("timeout", "a number of seconds above 0", (n) => n > 0),
  };
}

export const isCount = (n: number) => Number.isInteger(n) && n >= 1;
