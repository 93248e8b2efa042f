// The time line of one record as pure rules: its activity, what just happened live, and its notes, merged into one list,
// newest first (S2). Timeline.tsx shows what this gives.
import type { Activity, Meta, Note } from "@/realtime/schema";

export type { Activity, Note };

/** One line of the time line. */
export type TimelineEntry =
  | { kind: "change"; key: string; at: string; change: Activity }
  | { kind: "note"; key: string; at: string; note: Note };

/** Where a cursor (`<epoch>.<seq>`) stands in the journal; a restart changes the epoch, never the order. */
export const seqOf = (cursor: string): number => Number(cursor.slice(cursor.lastIndexOf(".") + 1));

/** What a live event says about its record, in the form of the journal; `before` is what was known of it. */
export function activityOf(meta: Meta, record: object, before: object | undefined): Activity {
  const [now, was] = [record as Record<string, unknown>, before as Record<string, unknown> | undefined];
  return {
    cursor: meta.cursor,
    at: meta.at,
    actor: meta.actor,
    action: meta.action,
    resource: meta.resource,
    id: meta.id,
    changed: meta.changed.map((field) => ({ field, was: was?.[field] ?? null, now: now[field] ?? null })),
  };
}

/** The fetched and the live activity as one, each change once: what the journal says wins over what was put together here. */
export function joined(fetched: readonly Activity[], live: readonly Activity[]): Activity[] {
  const bySeq = new Map<number, Activity>();
  for (const change of [...live, ...fetched]) bySeq.set(seqOf(change.cursor), change);
  return [...bySeq.entries()].sort(([a], [b]) => b - a).map(([, change]) => change);
}

/** The seq of the newest change that is known, 0 where none is. */
export const newestSeq = (changes: readonly Activity[]): number => (changes[0] ? seqOf(changes[0].cursor) : 0);

/**
 * The lines to show, newest first. While earlier pages are still to come, notes older than what was fetched wait for
 * them: nothing is put in between later on.
 */
export function timeline(changes: readonly Activity[], notes: readonly Note[], more: boolean): TimelineEntry[] {
  const oldest = more ? changes.at(-1)?.at : undefined;
  const shown = oldest === undefined ? notes : notes.filter((note) => note.created_at >= oldest);
  const lines: TimelineEntry[] = [
    ...changes.map((change) => ({ kind: "change" as const, key: `c${seqOf(change.cursor)}`, at: change.at, change })),
    ...shown.map((note) => ({ kind: "note" as const, key: note.id, at: note.created_at, note })),
  ];
  return lines.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}
