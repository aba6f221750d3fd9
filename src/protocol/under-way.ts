import { type UnderWay, valueText } from "../model/index.js";
import type { Observer } from "./observer.js";
import type { ProtocolState } from "./state.js";

/** Every message that some process may still take, each copy once. */
export function messagesUnderWay(
  { processes, underWay }: Observer,
  s: ProtocolState,
): readonly UnderWay[] {
  return processes.flatMap((to) =>
    processes.flatMap((from) =>
      [...underWay(s, from, to)].flatMap(([message, copies]) =>
        Array<UnderWay>(copies).fill({
          from: from.name,
          to: to.name,
          message: valueText(message),
        }),
      ),
    ),
  );
}
