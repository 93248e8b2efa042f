// The period that the figures are about, kept in the address: the last 7, 30 or 90 days, or any two days.

/** Periods offered by a click, in days that end today. */
export const PRESETS = [7, 30, 90] as const;
export type Preset = (typeof PRESETS)[number];

/** Two days as `2026-11-20`, both included, and the preset that they come from. */
export interface Range {
  readonly from: string;
  readonly to: string;
  readonly preset: Preset | null;
}

const USUAL: Preset = 30;
const LONGEST_DAYS = 400;
const DAY_MS = 86_400_000;

/** The period that an address names, seen from `now`; what makes no sense becomes the usual one. */
export function rangeOf(query: URLSearchParams, now: number): Range {
  const from = dayOf(query.get("from"));
  const to = dayOf(query.get("to"));
  if (from !== null && to !== null && from <= to && daysIn(from, to) <= LONGEST_DAYS) return { from, to, preset: null };
  const preset = PRESETS.find((days) => String(days) === query.get("days")) ?? USUAL;
  return lastDays(preset, now);
}

/** The last so many days, today included. Days are those of the server's figures, in UTC. */
export function lastDays(preset: Preset, now: number): Range {
  const day = (earlier: number) => new Date(now - earlier * DAY_MS).toISOString().slice(0, 10);
  return { from: day(preset - 1), to: day(0), preset };
}

/** The address of a period; the rest of it stays. */
export function withRange(query: URLSearchParams, range: Preset | { from: string; to: string }): URLSearchParams {
  const next = new URLSearchParams(query);
  for (const name of ["days", "from", "to"]) next.delete(name);
  if (typeof range === "number") next.set("days", String(range));
  else {
    next.set("from", range.from);
    next.set("to", range.to);
  }
  return next;
}

/** How many days a period has. */
export const daysIn = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;

function dayOf(text: string | null): string | null {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
}
