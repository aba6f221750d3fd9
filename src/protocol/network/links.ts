/**
 * What is under way from one process to another: in no order, with how many copies there are of each
 * message; or as a queue, where links keep the order in which messages were sent.
 */
import { List, Map } from "immutable";
import { type MembersOf, membersOf } from "../../model/index.js";
import type { Configuration } from "../configuration.js";
import type { Message, Process } from "../process/message.js";
import type { ProtocolState } from "../state.js";

export type Bag = Map<Message, number>;
export type Queue = List<Message>;
export type Link = Bag | Queue;

export const emptyLink = ({ inOrder }: Configuration): Link => (inOrder ? List() : Map());

/** A message that is taken off a link, and the state without it. */
export interface Taken {
  readonly message: Message;
  readonly after: ProtocolState;
}

export function linkBetween(s: ProtocolState, from: Process, to: Process): Link {
  return s.mailboxes.get(to)!.get(from)!;
}

export const isQueue = (link: Link): link is Queue => List.isList(link);

export const carries = (link: Link, message: Message): boolean =>
  isQueue(link) ? link.includes(message) : link.has(message);

/** How often each message is under way. */
export const copiesOf = (link: Link): Bag =>
  isQueue(link) ? link.countBy((message) => message).toMap() : link;

/** Everything that is under way, each copy by itself. */
export function allOn(link: Link): readonly Message[] {
  if (isQueue(link)) return [...link];
  return [...link].flatMap(([message, count]) => Array.from({ length: count }, () => message));
}

export function put(
  s: ProtocolState,
  config: Configuration,
  from: Process,
  to: Process,
  message: Message,
): ProtocolState {
  if (!config.inOrder)
    return s.set("mailboxes", s.mailboxes.updateIn([to, from, message], 0, increment));
  const queue = linkBetween(s, from, to) as Queue;
  return s.setIn(["mailboxes", to, from], queue.push(message));
}

const increment = (count: unknown) => (count as number) + 1;

/**
 * What an action is about that concerns one message of a link: where order does not count, the message;
 * of a queue there is one such action, which looks for itself.
 */
export type AboutLink = Message | undefined;

export function eachOf(
  { inOrder }: Configuration,
  from: Process,
  to: Process,
): MembersOf<ProtocolState, Message> | null {
  return inOrder ? null : membersOf<ProtocolState, Message>((s) => linkBetween(s, from, to) as Bag);
}

/** What may be received next; null where nothing is under way. */
export function nextOf(
  s: ProtocolState,
  from: Process,
  to: Process,
  about: AboutLink,
): Taken | null {
  const link = linkBetween(s, from, to);
  if (!isQueue(link)) return { message: about!, after: without(s, from, to, about!) };
  const message = link.first();
  return message === undefined
    ? null
    : { message, after: s.setIn(["mailboxes", to, from], link.shift()) };
}

/** Each way in which a message could vanish: any one of a queue. */
export function vanishingFrom(
  s: ProtocolState,
  from: Process,
  to: Process,
  about: AboutLink,
): readonly Taken[] {
  const link = linkBetween(s, from, to);
  if (!isQueue(link)) return [{ message: about!, after: without(s, from, to, about!) }];
  return [...link].map((message, i) => ({
    message,
    after: s.setIn(["mailboxes", to, from], link.delete(i)),
  }));
}

/**
 * Each way in which there could be one copy more: behind the first, where order counts.
 * @param mostCopies of a message at a time
 */
export function doubledOn(
  s: ProtocolState,
  from: Process,
  to: Process,
  about: AboutLink,
  mostCopies: number,
): readonly Taken[] {
  const link = linkBetween(s, from, to);
  const path = ["mailboxes", to, from];
  if (!isQueue(link)) {
    const count = link.get(about!)!;
    if (count >= mostCopies) return [];
    return [{ message: about!, after: s.setIn([...path, about!], count + 1) }];
  }
  return [...link].flatMap((message, i) =>
    copiesOf(link).get(message)! >= mostCopies
      ? []
      : [{ message, after: s.setIn(path, link.insert(i, message)) }],
  );
}

/** Takes every copy of a message off a link. */
export function cleared(
  s: ProtocolState,
  { inOrder }: Configuration,
  from: Process,
  to: Process,
  message: Message,
): ProtocolState {
  if (!inOrder) return s.deleteIn(["mailboxes", to, from, message]);
  const link = linkBetween(s, from, to) as Queue;
  return s.setIn(
    ["mailboxes", to, from],
    link.filterNot((other) => other.equals(message)),
  );
}

function without(s: ProtocolState, from: Process, to: Process, message: Message): ProtocolState {
  const path = ["mailboxes", to, from, message];
  const count = (linkBetween(s, from, to) as Bag).get(message)!;
  return count === 1 ? s.deleteIn(path) : s.setIn(path, count - 1);
}

/**
 * Each way in which a message could miss its round, and the state in which it waits for the next. Where
 * order counts, all that stands behind it is late too.
 */
export function delayedOn(
  s: ProtocolState,
  from: Process,
  to: Process,
  about: AboutLink,
): readonly Taken[] {
  const link = linkBetween(s, from, to);
  const path = ["overdue", to, from];
  if (!isQueue(link)) {
    const taken = without(s, from, to, about!);
    const overdue = taken.overdue.updateIn([to, from, about!], 0, increment);
    return [{ message: about!, after: taken.set("overdue", overdue) }];
  }
  const late = s.overdue.get(to)!.get(from)! as Queue;
  return [...link].map((message, i) => ({
    message,
    after: s.setIn(["mailboxes", to, from], link.take(i)).setIn(path, late.concat(link.skip(i))),
  }));
}
