// The journal as people read it: by days, and what one act changed in many records as one line that opens.
import type { Activity } from "@/realtime/schema";

/** What one act did: the entry that names it, and those moved along. */
export interface Bundle {
  readonly key: string;
  readonly head: Activity;
  readonly along: readonly Activity[];
}

/** The acts of one local day, the newest first. */
export interface Day {
  readonly day: string;
  readonly bundles: readonly Bundle[];
}

/** Entries, the newest first, as days of acts. */
export function daysOf(entries: readonly Activity[]): Day[] {
  const days: { day: string; bundles: Bundle[] }[] = [];
  for (const bundle of bundlesOf(entries)) {
    const day = localDay(bundle.head.at);
    const last = days.at(-1);
    if (last?.day === day) last.bundles.push(bundle);
    else days.push({ day, bundles: [bundle] });
  }
  return days;
}

/**
 * Entries that follow one another as the same act of the same person at the same moment are one bundle. An act is about
 * one record: the next one that it could be about is an act of its own.
 */
export function bundlesOf(entries: readonly Activity[]): Bundle[] {
  const rows: Activity[][] = [];
  for (const entry of entries) {
    const row = rows.at(-1);
    if (row?.[0] !== undefined && sameAct(row[0], entry) && !(isNamed(entry) && row.some(isNamed))) row.push(entry);
    else rows.push([entry]);
  }
  return rows.map(bundled);
}

/** The local day of a moment, as `2026-11-20`. */
export function localDay(at: string): string {
  const moment = new Date(at);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

const sameAct = (a: Activity, b: Activity): boolean =>
  a.at === b.at && a.actor.id === b.actor.id && a.action === b.action;

/**
 * The head is the record that the act is named after: `delete_user` is about the user, the calls only move along. An undo
 * is about the record that came back, where one did.
 */
function bundled(row: readonly Activity[]): Bundle {
  const [first] = row;
  if (first === undefined) throw new RangeError("a bundle holds at least one entry");
  const head = row.find(isAbout) ?? first;
  return { key: head.cursor, head, along: row.filter((entry) => entry !== head) };
}

const isNamed = ({ action, resource }: Activity): boolean => action.endsWith(`_${NOUNS[resource] ?? ""}`);

const isAbout = (entry: Activity): boolean => (entry.action === "undo" ? entry.changed.length === 0 : isNamed(entry));

const NOUNS: Readonly<Record<string, string>> = {
  calls: "call",
  services: "service",
  customers: "customer",
  users: "user",
  categories: "category",
  service_categories: "service_category",
  notes: "note",
};
