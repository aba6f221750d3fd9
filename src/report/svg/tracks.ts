/** Beside each process's line run tracks, on which messages wait until they are taken. */

/** A stretch of a track, from where a message is sent down to where it ends. */
export interface Stretch<T> {
  readonly key: T;
  readonly from: number;
  readonly to: number;
}

const CLEARANCE = 8;

/**
 * Gives each stretch a track, 0 being the nearest to the line, so that none overlap. What ends first is
 * nearest: then a message that is taken crosses none that are gone, and few that go on.
 */
export function tracksFor<T>(stretches: readonly Stretch<T>[]): ReadonlyMap<T, number> {
  const tracks: Stretch<T>[][] = [];
  const found = new Map<T, number>();
  const inOrder = stretches.toSorted((a, b) => a.to - b.to || a.from - b.from);
  for (const stretch of inOrder) {
    const isFree = (track: readonly Stretch<T>[]) =>
      track.every(
        ({ from, to }) => stretch.from >= to + CLEARANCE || stretch.to + CLEARANCE <= from,
      );
    let index = tracks.findIndex(isFree);
    if (index < 0) index = tracks.push([]) - 1;
    tracks[index]!.push(stretch);
    found.set(stretch.key, index);
  }
  return found;
}

export const tracksNeeded = (tracks: ReadonlyMap<unknown, number>) =>
  Math.max(-1, ...tracks.values()) + 1;
