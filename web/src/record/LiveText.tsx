// A line of text of a record, edited where it is read: Enter or leaving saves it, Escape takes the typing back (L5).
import { TextInput } from "@mantine/core";
import { clsx } from "clsx";
import { type KeyboardEvent, useId } from "react";
import { FieldRow } from "./FieldRow";
import type { LiveFieldProps } from "./liveFieldProps";
import quiet from "./quiet.module.css";
import { ReadValue } from "./ReadValue";

interface LiveTextProps<K extends string> extends LiveFieldProps<K> {
  /** As the heading of the record. */
  large?: boolean;
  inputMode?: "text" | "tel" | "email" | "numeric";
  maxLength?: number;
}

/** One line of text. */
export function LiveText<K extends string>(props: LiveTextProps<K>) {
  const { editing, field, label, placeholder = "None", large = false, inputMode = "text", maxLength = 200 } = props;
  const id = useId();
  const value = String(editing.value(field) ?? "");
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter" && !event.nativeEvent.isComposing) editing.save(field);
    if (event.key === "Escape" && editing.isDirty(field)) {
      event.stopPropagation();
      editing.revert(field);
    }
  };
  return (
    <FieldRow editing={editing} field={field} label={label} controlId={id} bare={props.bare || large}>
      {editing.readOnly === null ? (
        <TextInput
          id={id}
          data-field={field}
          variant="unstyled"
          classNames={{ input: clsx(quiet.input, large && quiet.large) }}
          value={value}
          placeholder={placeholder}
          inputMode={inputMode}
          maxLength={maxLength}
          dir="auto"
          autoComplete="off"
          aria-invalid={editing.fault(field) !== undefined}
          aria-describedby={editing.fault(field) ? `${id}-fault` : undefined}
          onChange={(event) => editing.enter(field, event.currentTarget.value)}
          onFocus={() => editing.focus(field)}
          onBlur={() => editing.blur(field)}
          onKeyDown={keys}
        />
      ) : (
        <ReadValue id={id} why={editing.readOnly} className={large ? quiet.large : undefined}>
          {value}
        </ReadValue>
      )}
    </FieldRow>
  );
}
