import { closest, distance } from "fastest-levenshtein";

/** A command line that cannot be followed; told without a stack trace. */
export class UsageError extends Error {
  /** What to do instead, a line each. */
  readonly hints: readonly string[];

  constructor(message: string, hints: readonly (string | null)[] = []) {
    super(message);
    this.name = "UsageError";
    this.hints = hints.filter((hint) => hint !== null);
  }
}

/** `did you mean "bfs"?`, when one of the names is near enough to be what was meant. */
export function didYouMean(given: string, names: readonly string[]): string | null {
  const name = nearest(given, names);
  return name === null ? null : `did you mean "${name}"?`;
}

/** An unknown word where one of a few is asked for. */
export function unknown(kind: string, given: string, names: readonly string[]): UsageError {
  const all = names.length > 0 ? `known: ${names.join(", ")}` : `there is no ${kind}`;
  return new UsageError(`unknown ${kind} "${given}"`, [didYouMean(given, names), all]);
}

function nearest(given: string, names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const beginning = names.filter((name) => given.length > 2 && name.startsWith(given));
  if (beginning.length === 1) return beginning[0]!;
  const name = closest(given, [...names]);
  return distance(given, name) <= Math.max(2, Math.floor(name.length / 3)) ? name : null;
}
