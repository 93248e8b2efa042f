// A day and time by the browser's own control: what stands where the calendar could not be fetched, say while offline.
import { TextInput } from "@mantine/core";
import type { DateTimeControlProps } from "./DateTimeControl";

const MINUTE = 60_000;

/** A moment as the browser's control writes it: local, to the minute. */
function localOf(value: string): string {
  const moment = new Date(value);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * MINUTE).toISOString().slice(0, 16);
}

/** A field for a day and time, without a calendar of ours. */
export function PlainDateTime({ id, value, onChange, onFocus, onBlur, className, invalid }: DateTimeControlProps) {
  return (
    <TextInput
      id={id}
      type="datetime-local"
      {...(className ? { classNames: { input: className }, variant: "unstyled" } : {})}
      value={value ? localOf(value) : ""}
      aria-invalid={invalid}
      onChange={({ currentTarget }) =>
        onChange(currentTarget.value ? new Date(currentTarget.value).toISOString() : null)
      }
      {...(onFocus ? { onFocus } : {})}
      {...(onBlur ? { onBlur } : {})}
    />
  );
}
