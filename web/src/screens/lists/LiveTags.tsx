// Words of a record (skills, tags), added and taken away where they are read (L5).
import { Pill, TagsInput } from "@mantine/core";
import { useId } from "react";
import { FieldRow } from "@/record/FieldRow";
import { liveControl } from "@/record/liveControl";
import type { LiveFieldProps } from "@/record/liveFieldProps";
import quiet from "@/record/quiet.module.css";
import { ReadValue } from "@/record/ReadValue";
import classes from "./LiveTags.module.css";

interface LiveTagsProps<K extends string> extends LiveFieldProps<K> {
  /** Words that others carry, offered while typing. */
  known: readonly string[];
}

const wordsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const say = (value: unknown) => wordsOf(value).join(", ");

/** The words, each in a pill. */
export function LiveTags<K extends string>(props: LiveTagsProps<K>) {
  const { editing, field, label, placeholder = "None", known } = props;
  const id = useId();
  const words = wordsOf(editing.value(field));
  return (
    <FieldRow editing={editing} field={field} label={label} controlId={id} say={say} bare={props.bare ?? false}>
      {editing.readOnly === null ? (
        <TagsInput
          {...liveControl(editing, field, id)}
          classNames={{ input: quiet.input ?? "", inputField: classes.field ?? "" }}
          data={[...known]}
          value={words}
          maxTags={50}
          placeholder={words.length === 0 ? placeholder : ""}
          onChange={(next) => editing.put(field, next)}
        />
      ) : (
        <ReadValue id={id} why={editing.readOnly}>
          {words.length === 0 ? null : (
            <Pill.Group>
              {words.map((word) => (
                <Pill key={word}>{word}</Pill>
              ))}
            </Pill.Group>
          )}
        </ReadValue>
      )}
    </FieldRow>
  );
}
