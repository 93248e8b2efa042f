// The due times one mostly means on the phone, by the clock of whoever asks.
import dayjs from "dayjs";

/** How a date control writes a local day and time. */
export const LOCAL = "YYYY-MM-DD HH:mm:ss";

/** A local day and time as the wire has it. */
export const toIso = (local: string): string => dayjs(local).toISOString();

const OPENS = "09:00";
const CLOSES = "17:00";
const WEEKEND = [0, 6];

/** The next day of work after `day`. */
function nextWorkday(day: dayjs.Dayjs): dayjs.Dayjs {
  const next = day.add(1, "day");
  return WEEKEND.includes(next.day()) ? nextWorkday(next) : next;
}

/** The choices at this moment: what would lie in the past is left out. */
export function dueChoices(now: Date): { value: string; label: string }[] {
  const moment = dayjs(now).second(0).millisecond(0);
  const at = (day: dayjs.Dayjs, time: string) => day.hour(Number.parseInt(time, 10)).minute(0);
  const tomorrow = nextWorkday(moment);
  const isTomorrow = tomorrow.diff(moment.startOf("day"), "day") === 1;
  const nextDay = isTomorrow ? "Tomorrow" : tomorrow.format("dddd");
  const choices = [
    { label: "In 1 hour", moment: moment.add(1, "hour") },
    { label: "In 4 hours", moment: moment.add(4, "hour") },
    { label: `Today, ${CLOSES}`, moment: at(moment, CLOSES) },
    { label: `${nextDay}, ${OPENS}`, moment: at(tomorrow, OPENS) },
    { label: `${nextDay}, ${CLOSES}`, moment: at(tomorrow, CLOSES) },
    { label: "In a week", moment: at(moment.add(7, "day"), CLOSES) },
  ];
  return choices
    .filter((choice) => choice.moment.isAfter(moment))
    .map((choice) => ({ label: choice.label, value: choice.moment.format(LOCAL) }));
}
