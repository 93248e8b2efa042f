// A place in the feed, `<epoch>.<seq>`. Order is that of the seq alone: a restart of the server begins a new epoch and
// keeps the old places good (D7). Whether a place is good at all only the server can say; it says `snapshot_required`.

/** The number of the entry at this place; -1 for none. */
export function seqOf(cursor: string | null): number {
  if (cursor === null) return -1;
  const seq = Number(cursor.slice(cursor.lastIndexOf(".") + 1));
  return Number.isSafeInteger(seq) && cursor.includes(".") ? seq : -1;
}

/** Whether a replica at `place` holds everything up to `wanted`. */
export const hasReached = (place: string | null, wanted: string): boolean => seqOf(place) >= seqOf(wanted);
