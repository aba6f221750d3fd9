import type { Message } from "./message.js";

/**
 * What processes may say: every message that can travel. Those that differ by their value only, as a vote
 * for and a vote against, stand together: one may be sent in place of the other by a value failure.
 */
export interface Vocabulary {
  /** null where the author gives none: then it is what has been said so far, in the run at hand. */
  readonly messages: readonly Message[] | null;
  /** The messages that differ from one by their value only. */
  alternatives(message: Message, said: Iterable<Message>): readonly Message[];
}

/** By what has been said: messages of the same type with other fields. */
export const NO_VOCABULARY: Vocabulary = {
  messages: null,
  alternatives: (message, said) =>
    [...said].filter((other) => other.type === message.type && !other.equals(message)),
};

/** @param entries messages; a list of them are those that differ by their value only */
export function vocabularyOf(entries: Iterable<Message | readonly Message[]>): Vocabulary {
  const groups = [...entries].map((entry) => (Array.isArray(entry) ? entry : [entry]) as Message[]);
  return {
    messages: groups.flat(),
    alternatives: (message) =>
      groups
        .filter((group) => group.some((other) => other.equals(message)))
        .flat()
        .filter((other) => !other.equals(message)),
  };
}

/** All that a liar can say. */
export function sayable({ messages }: Vocabulary, said: Iterable<Message>): Iterable<Message> {
  return messages ?? said;
}
