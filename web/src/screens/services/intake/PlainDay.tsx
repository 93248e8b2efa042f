// A day by the browser's own control: what stands where the calendar could not be fetched, say while offline.
import { TextInput } from "@mantine/core";
import type { DayCalendarProps } from "./DayCalendar";

/** A field for a day, without a calendar of ours. */
export function PlainDay(props: DayCalendarProps) {
  const { id, label, description, size, error, value, onChange, onFocus, onBlur } = props;
  const look = { id, label, description, size, error, onFocus, onBlur };
  const said = Object.fromEntries(Object.entries(look).filter(([, word]) => word !== undefined));
  return (
    <TextInput
      {...said}
      type="date"
      value={value ?? ""}
      onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
    />
  );
}
