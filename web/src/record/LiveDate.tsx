// A day and time of a record, saved as it is chosen (L5).
import { useId } from "react";
import { fullTime } from "@/widgets/duration";
import { DueControl } from "./DueControl";
import { FieldRow } from "./FieldRow";
import type { LiveFieldProps } from "./liveFieldProps";
import quiet from "./quiet.module.css";
import { ReadValue } from "./ReadValue";

/** A day and time. */
export function LiveDate<K extends string>({ editing, field, label, placeholder = "None" }: LiveFieldProps<K>) {
  const id = useId();
  const value = (editing.value(field) as string | null) ?? null;
  return (
    <FieldRow editing={editing} field={field} label={label} controlId={id} say={(of) => fullTime(String(of))}>
      {editing.readOnly === null ? (
        <DueControl
          id={id}
          unstyled
          className={quiet.input}
          value={value}
          placeholder={placeholder}
          invalid={editing.fault(field) !== undefined}
          onChange={(chosen) => editing.put(field, chosen)}
          onFocus={() => editing.focus(field)}
          onBlur={() => editing.blur(field)}
        />
      ) : (
        <ReadValue id={id} why={editing.readOnly}>
          {value ? fullTime(value) : ""}
        </ReadValue>
      )}
    </FieldRow>
  );
}
