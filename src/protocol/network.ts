/**
 * The network: one unordered mailbox a process, kept by sender. Each message is delivered once for each
 * time that it was sent, after any delay; it is lost only where its receiver is down.
 */
import { affordable } from "./budgets.js";
import type { Configuration } from "./configuration.js";
import type { Message, Process } from "./message.js";
import { emptyMailbox, isUp, type Link, type ProtocolState } from "./state.js";

export function linkBetween(s: ProtocolState, from: Process, to: Process): Link {
  return s.mailboxes.get(to)!.get(from)!;
}

/** Whether a message to the process can ever make a difference. */
export function isNoticed(
  s: ProtocolState,
  config: Configuration,
  to: Process,
  message: Message,
): boolean {
  return isReachable(s, config, to) && !s.ignored.get(to)!.has(message);
}

/**
 * Whether anything sent to the process can ever be noticed. One that is down for good takes no more
 * messages, and those under way to it are forgotten: nothing tells the two apart.
 */
export function isReachable(s: ProtocolState, config: Configuration, p: Process): boolean {
  return isUp(s, p) || affordable(s, config, "recover", p);
}

export function send(
  s: ProtocolState,
  from: Process,
  to: Process,
  message: Message,
): ProtocolState {
  return s.set("mailboxes", s.mailboxes.updateIn([to, from, message], 0, increment));
}

const increment = (count: unknown) => (count as number) + 1;

/** Takes one copy of a message off its link. */
export function take(
  s: ProtocolState,
  from: Process,
  to: Process,
  message: Message,
): ProtocolState {
  const path = ["mailboxes", to, from, message];
  const count = linkBetween(s, from, to).get(message)!;
  return count === 1 ? s.deleteIn(path) : s.setIn(path, count - 1);
}

/** The process takes no notice of a message any more, whoever sends or has sent it. */
export function ignore(
  s: ProtocolState,
  { processes }: Configuration,
  p: Process,
  message: Message,
): ProtocolState {
  return processes.reduce<ProtocolState>(
    (state, from) => state.deleteIn(["mailboxes", p, from, message]),
    s.setIn(["ignored", p], s.ignored.get(p)!.add(message)),
  );
}

/** Forgets what is under way to a process that will never take it. */
export function forgetMailbox(s: ProtocolState, config: Configuration, p: Process): ProtocolState {
  return s.setIn(["mailboxes", p], emptyMailbox(config));
}
