// Lengths of time as people say them (WEB V3): short, one unit, rounded down.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/** A length of time, short: "now", "4 min", "2 h", "3 d", and from two years on "14 y". */
export function shortDuration(ms: number): string {
  if (ms < MINUTE) return "now";
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
  if (ms < 2 * YEAR) return `${Math.floor(ms / DAY)} d`;
  return `${Math.floor(ms / YEAR)} y`;
}

/** A length of time given in seconds, for figures: "45 s", "12 min", "3 h 20 min", "2 d 4 h". */
export function longDuration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}

const absolute = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

/** The moment in full: "Fri, 20 Nov 2026, 04:39". */
export const fullTime = (at: string | number | Date): string => absolute.format(new Date(at));

const dayOnly = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric" });

/** A day in full, of a date without time (`2026-11-20`) or of a moment. */
export const fullDay = (on: string): string => dayOnly.format(new Date(on.length === 10 ? `${on}T12:00:00` : on));
