// A day chosen from what one mostly promises, from the calendar, or typed. A chunk of its own: imported by DayField alone.
import "@mantine/dates/styles.css";
import { DateInput, type DateInputProps } from "@mantine/dates";
import { daysAfter } from "../days";
import { useToday } from "../useToday";

export interface DayCalendarProps
  extends Pick<
    DateInputProps,
    "id" | "label" | "description" | "placeholder" | "size" | "variant" | "classNames" | "error" | "onFocus" | "onBlur"
  > {
  value: string | null;
  onChange: (day: string | null) => void;
}

const PROMISES: readonly [label: string, days: number][] = [
  ["Today", 0],
  ["Tomorrow", 1],
  ["In 3 days", 3],
  ["In a week", 7],
  ["In 2 weeks", 14],
];

/** The field. */
export default function DayCalendar({ value, onChange, ...look }: DayCalendarProps) {
  const today = useToday();
  return (
    <DateInput
      {...look}
      inputWrapperOrder={["label", "input", "description", "error"]}
      value={value}
      valueFormat="ddd D MMM YYYY"
      presets={PROMISES.map(([label, days]) => ({ label, value: daysAfter(today, days) }))}
      highlightToday
      clearable
      clearButtonProps={{ "aria-label": "No day" }}
      firstDayOfWeek={1}
      popoverProps={{ shadow: "md", transitionProps: { duration: 80 } }}
      onChange={(day) => onChange(day === null ? null : day.slice(0, 10))}
    />
  );
}
