// Where in the journal a day begins. The journal has no index by time, but its entries are numbered without holes and
// their times never fall, so the place is found by halving: some ten small questions for thousands of entries.
import type { Activity } from "@/realtime/schema";

/** The newest entry before a place (before the end where it is null); null where there is none. */
export type EntryBefore = (cursor: string | null) => Promise<Activity | null>;

/**
 * The cursor after which to page so that the first entry told is the last one before `moment`; null where that is the
 * newest of all.
 */
export async function placeAt(moment: string, entryBefore: EntryBefore): Promise<string | null> {
  const newest = await entryBefore(null);
  if (newest === null || newest.at < moment) return null;
  const epoch = newest.cursor.slice(0, newest.cursor.lastIndexOf("."));
  let low = 0; // everything below is older than the moment
  let high = seqOf(newest.cursor); // it and everything above is not
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const entry = await entryBefore(`${epoch}.${middle}`);
    if (entry !== null && entry.at >= moment) high = seqOf(entry.cursor);
    else low = middle;
  }
  return `${epoch}.${high}`;
}

const seqOf = (cursor: string): number => Number(cursor.slice(cursor.lastIndexOf(".") + 1));
