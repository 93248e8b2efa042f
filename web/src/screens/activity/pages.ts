// The journal as far as it was fetched: pages put below it, and what is newer put on top, each entry once. Where so much
// happened meanwhile that the newest page does not reach down to what is there, it takes its place: no hole is ever shown.
import type { Activity } from "@/realtime/schema";
import { seqOf } from "@/record/timelineEntries";

/** One answer of the server. */
export interface Page {
  readonly items: readonly Activity[];
  readonly next: string | null;
}

/** What is shown, the newest first, and where it goes on. */
export type Journal = Page;

/** The journal with the page that goes on from it. */
export function withOlder(journal: Journal, page: Page): Journal {
  return { items: merged(journal.items, page.items), next: page.next };
}

/** The journal with the newest page on top. */
export function withNewer(journal: Journal, page: Page): Journal {
  const newest = journal.items[0];
  const lowest = page.next === null ? -1 : seqOf(page.next);
  if (newest === undefined || lowest > seqOf(newest.cursor)) return page;
  return { items: merged(journal.items, page.items), next: journal.next };
}

/** The page as far down as a moment: what is older than `from` is left out, and nothing goes on from it. */
export function cutAt(page: Page, from: string | null): Page {
  if (from === null) return page;
  const end = page.items.findIndex((item) => item.at < from);
  return end < 0 ? page : { items: page.items.slice(0, end), next: null };
}

function merged(a: readonly Activity[], b: readonly Activity[]): Activity[] {
  const bySeq = new Map([...a, ...b].map((entry) => [seqOf(entry.cursor), entry]));
  return [...bySeq].sort(([x], [y]) => y - x).map(([, entry]) => entry);
}
