// Several lines of text of a record, edited where they are read: Ctrl+Enter or leaving saves, Escape takes the typing
// back (L5).
import { Textarea } from "@mantine/core";
import { useId } from "react";
import { FieldRow } from "./FieldRow";
import { liveControl, typingKeys } from "./liveControl";
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
  return (
    <FieldRow editing={editing} field={field} label={label} controlId={id} bare={bare}>
      {editing.readOnly === null ? (
        <Textarea
          {...liveControl(editing, field, id)}
          classNames={{ input: quiet.input }}
          autosize
          minRows={1}
          maxRows={14}
          value={value}
          placeholder={placeholder}
          maxLength={maxLength}
          dir="auto"
          onChange={(event) => editing.enter(field, event.currentTarget.value)}
          onKeyDown={typingKeys(editing, field, (event) => event.ctrlKey || event.metaKey)}
        />
      ) : (
        <ReadValue id={id} why={editing.readOnly}>
          {value}
        </ReadValue>
      )}
    </FieldRow>
  );
}
