// Dates for a customer: whole and friendly, in the reader's own time.

const FULL: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long" };

/** A day that was promised: "Friday 27 November". */
export function dayInFull(day: string): string {
  return new Intl.DateTimeFormat("en-GB", { ...FULL, timeZone: "UTC" }).format(Date.parse(`${day}T00:00:00Z`));
}

/** The day of a step: "Friday 27 November", with its year where it is not this one. */
export function dayOfStep(at: string, today = new Date()): string {
  const moment = new Date(at);
  const year = moment.getFullYear() === today.getFullYear() ? {} : ({ year: "numeric" } as const);
  return new Intl.DateTimeFormat("en-GB", { ...FULL, ...year }).format(moment);
}
