// Figures made ready for looking at: rows with their share, days with their sums, the period in a sentence.
import type { Insights } from "@/realtime/schema";

/** One bar: so many of all, beside the longest. */
export interface Row {
  readonly key: string;
  readonly count: number;
  /** Of all rows, 0 to 1. */
  readonly share: number;
  /** Beside the longest row, 0 to 1: the length of its bar. */
  readonly length: number;
}

/** Counts as bars in the given order; `order` names rows that stand even where nothing is counted. */
export function rowsOf(counts: ReadonlyMap<string, number>, order: readonly string[]): Row[] {
  const keys = [...order, ...[...counts.keys()].filter((key) => !order.includes(key))];
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const longest = Math.max(0, ...counts.values());
  return keys.map((key) => {
    const count = counts.get(key) ?? 0;
    return { key, count, share: total === 0 ? 0 : count / total, length: longest === 0 ? 0 : count / longest };
  });
}

/** The most first; rows of as many keep their order. */
export const mostFirst = (rows: readonly Row[]): Row[] => [...rows].sort((a, b) => b.count - a.count);

/** How often each value of a field occurs; records without one stand under the empty key. */
export function countBy<R>(records: Iterable<R>, value: (record: R) => string | null): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const record of records) {
    const key = value(record) ?? "";
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  return found;
}

type Day = Insights["days"][number];

/** Days, or weeks where there are more days than a chart can show apart. A week is named after its first day. */
export function steps(days: readonly Day[], most: number): Day[] {
  if (days.length <= most) return [...days];
  const weeks: Day[] = [];
  for (let at = 0; at < days.length; at += 7) {
    const week = days.slice(at, at + 7);
    const [first] = week;
    if (first === undefined) continue;
    weeks.push({
      day: first.day,
      created: week.reduce((sum, day) => sum + day.created, 0),
      completed: week.reduce((sum, day) => sum + day.completed, 0),
    });
  }
  return weeks;
}

/** What the period did to the pile: `12 more than were completed`. */
export function balance(created: number, completed: number): string {
  if (created === completed) return "As many were completed as came in.";
  const [more, words] =
    created > completed
      ? [created - completed, "came in than were completed"]
      : [completed - created, "were completed than came in"];
  return `${more} more ${words}.`;
}

/** How many a day, on average: whole from ten on, else with one digit. */
export function perDay(count: number, days: number): string {
  const mean = days === 0 ? 0 : count / days;
  return mean.toLocaleString("en", { maximumFractionDigits: mean >= 10 ? 0 : 1 });
}
