// Several lines of text of a record, edited where they are read: Ctrl+Enter or leaving saves, Escape takes the typing
// back (L5).
import { Textarea } from "@mantine/core";
import { type KeyboardEvent, useId } from "react";
import { FieldRow } from "./FieldRow";
import type { LiveFieldProps } from "./liveFieldProps";
import quiet from "./quiet.module.css";
import { ReadValue } from "./ReadValue";

interface LiveTextareaProps<K extends string> extends LiveFieldProps<K> {
  maxLength?: number;
}

/** Free text. */
export function LiveTextarea<K extends string>(props: LiveTextareaProps<K>) {
  const { editing, field, label, placeholder = "None", bare = false, maxLength = 4000 } = props;
  const id = useId();
  const value = String(editing.value(field) ?? "");
  const keys = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      editing.save(field);
    }
    if (event.key === "Escape" && editing.isDirty(field)) {
      event.stopPropagation();
      editing.revert(field);
    }
  };
  return (
    <FieldRow editing={editing} field={field} label={label} controlId={id} bare={bare}>
      {editing.readOnly === null ? (
        <Textarea
          id={id}
          data-field={field}
          variant="unstyled"
          classNames={{ input: quiet.input }}
          autosize
          minRows={1}
          maxRows={14}
          value={value}
          placeholder={placeholder}
          maxLength={maxLength}
          dir="auto"
          aria-invalid={editing.fault(field) !== undefined}
          aria-describedby={editing.fault(field) ? `${id}-fault` : undefined}
          onChange={(event) => editing.enter(field, event.currentTarget.value)}
          onFocus={() => editing.focus(field)}
          onBlur={() => editing.blur(field)}
          onKeyDown={keys}
        />
      ) : (
        <ReadValue id={id} why={editing.readOnly}>
          {value}
        </ReadValue>
      )}
    </FieldRow>
  );
}
