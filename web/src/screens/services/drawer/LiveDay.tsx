// A day of a repair, saved as it is chosen (L5).
import { useId } from "react";
import { FieldRow } from "@/record/FieldRow";
import type { LiveFieldProps } from "@/record/liveFieldProps";
import quiet from "@/record/quiet.module.css";
import { ReadValue } from "@/record/ReadValue";
import { fullDay } from "@/widgets/duration";
import { DayField } from "../intake/DayField";

/** A day. */
export function LiveDay<K extends string>({ editing, field, label, placeholder = "None" }: LiveFieldProps<K>) {
  const id = useId();
  const value = (editing.value(field) as string | null) ?? null;
  return (
    <FieldRow editing={editing} field={field} label={label} controlId={id} say={(day) => fullDay(String(day))}>
      {editing.readOnly === null ? (
        <DayField
          id={id}
          variant="unstyled"
          classNames={{ input: quiet.input ?? "" }}
          value={value}
          placeholder={placeholder}
          onChange={(day) => editing.put(field, day)}
          onFocus={() => editing.focus(field)}
          onBlur={() => editing.blur(field)}
        />
      ) : (
        <ReadValue id={id} why={editing.readOnly}>
          {value === null ? "" : fullDay(value)}
        </ReadValue>
      )}
    </FieldRow>
  );
}
