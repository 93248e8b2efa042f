// Days without a time, as devices are promised for: reckoned as days, so that no summer time moves a promise.

const DAY = 86_400_000;

/** A moment as the day it is here: `2026-11-20`. */
export function dayOf(moment: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** A day some days later. */
export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** How many days lie between two days. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

/** A day for people: "27 Nov", with the year where it is another one, and the weekday where it is asked for. */
export function sayDay(day: string, today: string, weekday = false): string {
  const form: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", timeZone: "UTC" };
  if (day.slice(0, 4) !== today.slice(0, 4)) form.year = "numeric";
  if (weekday) form.weekday = "short";
  return new Intl.DateTimeFormat("en-GB", form).format(Date.parse(`${day}T00:00:00Z`));
}
