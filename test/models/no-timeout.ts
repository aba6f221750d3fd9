/**
 * Processes that wait and say nothing of what they do when they have waited too long: the
 * timeouts that the scenario allows can never be steps, and a warning says so.
 */
import { identities, integer } from "../../src/model/index.js";
import { defineProtocol, inState, rolesOver, type Signal } from "../../src/protocol/index.js";

const { role } = rolesOver<Signal<never>>();
const IDLE = inState<"IDLE" | "DONE">("IDLE");

export default defineProtocol({
  name: "no-timeout",
  title: "Processes that wait for ever",
  source: "made for this test",
  parameters: { processes: integer({ default: 1, min: 1, max: 3, help: "processes" }) },
  scenarios: [
    {
      name: "asynchronous",
      summary: "timers may run out at any time, and nobody minds",
      sizes: ["processes"],
      faults: "detect=arbitrary",
    },
  ],
  roles: ({ processes }) => [
    role("waiting", {
      processes: identities("w", processes),
      local: IDLE,
      stable: IDLE,
      initially: (p) => p.awaiting(p.self),
      states: { IDLE: { start: (p) => p.become("DONE") } },
    }),
  ],
  properties: () => [],
});
