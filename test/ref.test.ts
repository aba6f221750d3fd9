import { expect, it } from "vitest";
import model from "../models/transaction-commit.js";
import { explore } from "./support/reference.js";
it("counts", () => {
  const r = explore(model.instantiate({ parameters: { rms: 3 }, faults: null }).system);
  expect([r.states, r.transitions, r.depth]).toEqual([288, 1145, 10]);
});
