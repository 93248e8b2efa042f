// A day and time, chosen from what one mostly means or from the calendar. The calendar is fetched when it is first shown:
// this file is imported lazily, by DueControl alone.
import { DateTimePicker } from "@mantine/dates";
import "@mantine/dates/styles.css";
import dayjs from "dayjs";
import { dueChoices, LOCAL, toIso } from "./dueChoices";

export interface DateTimeControlProps {
  id: string;
  value: string | null;
  onChange: (value: string | null) => void;
  onFocus?: () => void;
  onBlur?: () => void;
  placeholder?: string;
  className?: string | undefined;
  unstyled?: boolean;
  invalid?: boolean;
}

/** A field for a day and time. */
export default function DateTimeControl(props: DateTimeControlProps) {
  const { id, value, onChange, onFocus, onBlur, placeholder = "None", className, unstyled = false, invalid } = props;
  return (
    <DateTimePicker
      id={id}
      {...(unstyled ? { variant: "unstyled" } : {})}
      {...(className ? { classNames: { input: className } } : {})}
      value={value ? dayjs(value).format(LOCAL) : null}
      placeholder={placeholder}
      valueFormat="ddd D MMM YYYY, HH:mm"
      presets={dueChoices(new Date())}
      highlightToday
      clearable
      clearButtonProps={{ "aria-label": "No time" }}
      styles={{ placeholder: { color: "var(--cb-quiet)" } }}
      aria-invalid={invalid}
      popoverProps={{ shadow: "md", transitionProps: { duration: 80 } }}
      onChange={(chosen) => onChange(chosen ? toIso(chosen) : null)}
      {...(onFocus ? { onFocus } : {})}
      {...(onBlur ? { onBlur } : {})}
    />
  );
}
