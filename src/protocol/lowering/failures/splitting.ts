import type { Configuration } from "../../configuration.js";
import { affordable, pay } from "../../faults/budgets.js";
import { forgetSevered } from "../../network/network.js";
import {
  cutsAnything,
  healed,
  isPartitioned,
  type PartitionKind,
  type Split,
  severed,
  splitsOf,
} from "../../network/partition.js";
import type { ProtocolState } from "../../state.js";
import type { ProtocolAction } from "../whole-step.js";

/** The network falls apart. */
export function splitting(config: Configuration, kind: PartitionKind): ProtocolAction<Split> {
  const names = (side: Split["from"]) => side.map(({ name }) => name);
  return {
    name: kind,
    kind: "failure",
    by: splitsOf(config, kind),
    when: (s, split) => affordable(s, config, kind, split.struck) && cutsAnything(s, split),
    then: (s, split) => forgetSevered(pay(severed(s, split), config, kind, split.struck), config),
    tell: (_before, _after, { from, to, oneWay }) => [
      { type: "partition", sides: [names(from), names(to)], oneWay },
    ],
    label: ({ from, to, oneWay }) =>
      `${kind}(${names(from).join(" ")} ${oneWay ? ">" : "|"} ${names(to).join(" ")})`,
  };
}

/** All gets through again. */
export function healing(config: Configuration): ProtocolAction<undefined> {
  const [anybody] = config.processes;
  return {
    name: "heal",
    kind: "recovery",
    by: null,
    when: (s) => affordable(s, config, "heal", anybody!) && isPartitioned(s, config),
    then: (s): ProtocolState => healed(pay(s, config, "heal", anybody!), config),
    tell: () => [{ type: "heal" }],
  };
}
