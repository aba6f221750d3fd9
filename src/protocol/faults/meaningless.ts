import type { MistakePlace } from "../../model/index.js";
import type { Configuration } from "../configuration.js";

/**
 * A failure that this protocol has nothing for to strike: it would look as if it had been tried. (That
 * nobody can recover who cannot crash is no news.)
 */
export function meaningless(config: Configuration): MistakePlace | null {
  const { roles, setting, allowances } = config;
  const waits = roles.some((role) => role.waits);
  const why: Partial<Record<(typeof allowances)[number]["kind"], string | false>> = {
    early: !config.hasClocks && "no process has a clock (no handler for `tick`)",
    late:
      !config.mayBeOverdue &&
      (!waits || setting.detect === "arbitrary") &&
      "nothing that is sent has a time at which it is due: there are neither rounds nor timers that would be right",
    suspect: !waits
      ? "no process waits for another (no handler for `timeout`)"
      : setting.detect === "arbitrary" && "with detect=arbitrary every suspicion is free",
  };
  for (const { kind, name } of allowances) {
    const because = why[kind];
    if (because) return { what: `${name} means nothing here: ${because}` };
  }
  return null;
}
