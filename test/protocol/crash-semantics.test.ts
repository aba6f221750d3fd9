import fc from "fast-check";
import { expect, it } from "vitest";
import {
  copiesOf,
  type Faults,
  lower,
  NO_FAULTS,
  type ProtocolState,
} from "../../src/protocol/index.js";
import { explore } from "../support/reference.js";
import { type Allowed, reachedInMicroSteps, textOfParts } from "./micro-steps.js";
import { PROCESSES, type RandomProtocol, rolesOf, someProtocol } from "./random-protocol.js";

const faultsOf = ({ crashes, recoveries, detection }: Allowed): Faults => ({
  allowances: [
    { kind: "crash", who: "any", atMost: null, budget: crashes },
    { kind: "recover", who: "any", atMost: null, budget: recoveries },
  ],
  setting: { ...NO_FAULTS.setting, detect: detection },
});

function reachedWhenLowered(protocol: RandomProtocol, allowed: Allowed): Set<string> {
  const system = lower(rolesOf(protocol), faultsOf(allowed));
  return new Set([...explore(system)!.level.keys()].map((s) => textOf(s, allowed)));
}

function textOf(s: ProtocolState, allowed: Allowed): string {
  const crashes = s.budgets.get("crash(any)")!;
  return textOfParts({
    local: PROCESSES.map((p) => s.local.get(p)?.state ?? null),
    stable: PROCESSES.map((p) => (s.stable.get(p) as unknown as { state: string }).state),
    mail: PROCESSES.map((to) =>
      PROCESSES.map((from) =>
        Object.fromEntries(
          [...copiesOf(s.mailboxes.get(to)!.get(from)!)].map(([m, n]) => [m.type, n]),
        ),
      ),
    ),
    awaiting: PROCESSES.map((p) =>
      PROCESSES.flatMap((q, i) => (s.awaiting.get(p)!.has(q) ? [i] : [])),
    ),
    crashes,
    recoveries: s.budgets.get("recover")!,
    failed: s.falseAlarm || crashes < allowed.crashes,
  });
}

const someFaults: fc.Arbitrary<Allowed> = fc.record({
  crashes: fc.integer({ min: 0, max: 2 }),
  recoveries: fc.integer({ min: 0, max: 1 }),
  detection: fc.constantFrom<Allowed["detection"]>("perfect", "arbitrary"),
});

it("reaches what crashes between any two effects reach, on random protocols", () => {
  let states = 0;
  let cases = 0;
  fc.assert(
    fc.property(someProtocol, someFaults, (protocol, allowed) => {
      const lowered = reachedWhenLowered(protocol, allowed);
      const micro = reachedInMicroSteps(protocol, allowed);
      cases++;
      states += lowered.size;
      expect([...lowered].sort()).toEqual([...micro].sort());
    }),
    { numRuns: 40 },
  );
  // A generator that only made protocols that do nothing would prove nothing.
  expect(states / cases).toBeGreaterThan(10);
});
