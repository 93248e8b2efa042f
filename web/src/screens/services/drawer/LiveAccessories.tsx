// What came with the device, word by word; saved at each word put down or taken away (L5).
import { TagsInput } from "@mantine/core";
import { useId } from "react";
import { FieldRow } from "@/record/FieldRow";
import { liveControl } from "@/record/liveControl";
import quiet from "@/record/quiet.module.css";
import { ReadValue } from "@/record/ReadValue";
import type { ServiceEditing } from "../serviceFields";

const field = "accessories";
const say = (words: unknown) => (Array.isArray(words) ? words.join(", ") : "");

/** The accessories. */
export function LiveAccessories({ editing }: { editing: ServiceEditing }) {
  const id = useId();
  const words = (editing.value(field) as string[] | null) ?? [];
  return (
    <FieldRow editing={editing} field={field} label="Accessories" controlId={id} say={say}>
      {editing.readOnly === null ? (
        <TagsInput
          {...liveControl(editing, field, id)}
          size="xs"
          classNames={{ input: quiet.input ?? "" }}
          value={words}
          placeholder={words.length === 0 ? "None" : ""}
          maxTags={50}
          maxLength={100}
          splitChars={[",", ";"]}
          acceptValueOnBlur
          onChange={(now) => editing.put(field, now)}
        />
      ) : (
        <ReadValue id={id} why={editing.readOnly}>
          {say(words)}
        </ReadValue>
      )}
    </FieldRow>
  );
}
