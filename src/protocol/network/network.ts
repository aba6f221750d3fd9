/**
 * The network: a link from each process to each. Each message is delivered once for each time that it was
 * sent, after any delay, unless something has gone wrong.
 */
import type { Configuration } from "../configuration.js";
import { affordable, isAfflicted } from "../faults/budgets.js";
import type { Message, Process } from "../process/message.js";
import { emptyMailbox, isUp, type ProtocolState } from "../state.js";
import { cleared, put } from "./links.js";
import { isSeveredForGood } from "./partition.js";

/** What becomes of a message that is sent now. */
export type Fate = "arrives" | "lost" | "not-sent" | "not-received" | "ignored";

export function fateOf(
  s: ProtocolState,
  config: Configuration,
  from: Process,
  to: Process,
  message: Message,
): Fate {
  if (isAfflicted(s, config, "send-omission", from)) return "not-sent";
  if (!isReachable(s, config, to) || isSeveredForGood(s, config, from, to)) return "lost";
  if (isAfflicted(s, config, "receive-omission", to)) return "not-received";
  return s.ignored.get(to)!.has(message) ? "ignored" : "arrives";
}

/**
 * Whether anything sent to the process can ever be noticed. One that is down for good takes no more
 * messages, and those under way to it are forgotten: nothing tells the two apart.
 */
export function isReachable(s: ProtocolState, config: Configuration, p: Process): boolean {
  return isUp(s, p) || mayReturn(s, config, p);
}

/** Whether the process, if it is down, may be up again. */
export function mayReturn(s: ProtocolState, config: Configuration, p: Process): boolean {
  return affordable(s, config, "recover", p) || affordable(s, config, "amnesia", p);
}

export function send(
  s: ProtocolState,
  config: Configuration,
  from: Process,
  to: Process,
  message: Message,
): ProtocolState {
  const sent = put(s, config, from, to, message);
  return config.remembersWords ? sent.set("said", sent.said.add(message)) : sent;
}

/** The process takes no notice of a message any more, whoever sends or has sent it. */
export function ignore(
  s: ProtocolState,
  config: Configuration,
  p: Process,
  message: Message,
): ProtocolState {
  return config.processes.reduce<ProtocolState>(
    (state, from) => cleared(state, config, from, p, message),
    s.setIn(["ignored", p], s.ignored.get(p)!.add(message)),
  );
}

/** Forgets what is under way to a process that will never take it. */
export function forgetMailbox(s: ProtocolState, config: Configuration, p: Process): ProtocolState {
  return s.setIn(["mailboxes", p], emptyMailbox(config));
}

/** Forgets what is under way on links that will never carry it. */
export function forgetSevered(s: ProtocolState, config: Configuration): ProtocolState {
  const { processes } = config;
  return processes.reduce<ProtocolState>(
    (state, to) =>
      processes
        .filter((from) => isSeveredForGood(state, config, from, to))
        .reduce<ProtocolState>(
          (rest, from) => rest.setIn(["mailboxes", to, from], emptyMailbox(config).get(from)!),
          state,
        ),
    s,
  );
}
