// A line of text of a record, edited where it is read: Enter or leaving saves it, Escape takes the typing back (L5).
import { Textarea, TextInput } from "@mantine/core";
import { clsx } from "clsx";
import { useId } from "react";
import { FieldRow } from "./FieldRow";
import { liveControl, typingKeys } from "./liveControl";
import type { LiveFieldProps } from "./liveFieldProps";
import quiet from "./quiet.module.css";
import { ReadValue } from "./ReadValue";

interface LiveTextProps<K extends string> extends LiveFieldProps<K> {
  /** As the heading of the record. */
  large?: boolean;
  inputMode?: "text" | "tel" | "email" | "numeric";
  maxLength?: number;
}

/** One line of text; as a heading it is shown whole, over as many lines as it needs. */
export function LiveText<K extends string>(props: LiveTextProps<K>) {
  const { editing, field, label, large = false } = props;
  const id = useId();
  return (
    <FieldRow editing={editing} field={field} label={label} controlId={id} bare={props.bare || large}>
      {editing.readOnly === null ? (
        <Control id={id} {...props} />
      ) : (
        <ReadValue id={id} why={editing.readOnly} className={large ? quiet.large : undefined}>
          {String(editing.value(field) ?? "")}
        </ReadValue>
      )}
    </FieldRow>
  );
}

function Control<K extends string>({ id, ...props }: LiveTextProps<K> & { id: string }) {
  const { editing, field, placeholder = "None", large = false, inputMode = "text", maxLength = 200 } = props;
  const control = {
    ...liveControl(editing, field, id),
    classNames: { input: clsx(quiet.input, large && quiet.large) },
    value: String(editing.value(field) ?? ""),
    placeholder,
    inputMode,
    maxLength,
    dir: "auto",
    autoComplete: "off",
    onKeyDown: typingKeys(editing, field, () => true),
  } as const;
  const enter = (text: string) => editing.enter(field, text.replace(/[\r\n]+/gu, " "));
  return large ? (
    <Textarea {...control} autosize minRows={1} maxRows={4} onChange={(event) => enter(event.currentTarget.value)} />
  ) : (
    <TextInput {...control} onChange={(event) => enter(event.currentTarget.value)} />
  );
}
