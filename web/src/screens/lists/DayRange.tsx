// Two days out of a calendar. Fetched only when it is shown (U6): import it lazily.
import { DatePickerInput } from "@mantine/dates";
import "@mantine/dates/styles.css";
import { IconCalendar } from "@tabler/icons-react";
import { useState } from "react";
import classes from "./DayRange.module.css";

export interface DayRangeProps {
  /** What stands there, and names the field, while no days are chosen; then the days do. */
  label: string;
  /** Days as `2026-11-20`. */
  from: string | null;
  to: string | null;
  onChange: (from: string | null, to: string | null) => void;
  clearable?: boolean;
}

/** A field for a period of days; one that is only half chosen changes nothing yet. */
export default function DayRange({ label, from, to, onChange, clearable = false }: DayRangeProps) {
  const [begun, setBegun] = useState<string | null>(null);
  const choose = ([first, last]: [string | null, string | null]) => {
    setBegun(last === null ? first : null);
    if ((first === null) === (last === null)) onChange(first, last);
  };
  return (
    <DatePickerInput
      size="xs"
      type="range"
      placeholder={label}
      valueFormat="D MMM YYYY"
      allowSingleDateInRange
      highlightToday
      clearable={clearable}
      maxDate={new Date()}
      value={begun === null ? [from, to] : [begun, null]}
      onChange={choose}
      leftSection={<IconCalendar size={16} stroke={1.75} aria-hidden />}
      classNames={{ placeholder: classes.placeholder ?? "" }}
      popoverProps={{ shadow: "md", transitionProps: { duration: 80 } }}
      miw={190}
    />
  );
}
