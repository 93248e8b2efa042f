// The category of a record, saved as it is chosen (L5): those on offer, live, and the one it has even when it is archived.
import { useId } from "react";
import { useRecords } from "@/realtime/react";
import { CategoryChip } from "@/widgets/CategoryChip";
import { CategorySelect } from "@/widgets/CategorySelect";
import { FieldRow } from "./FieldRow";
import type { LiveFieldProps } from "./liveFieldProps";
import quiet from "./quiet.module.css";
import { ReadValue } from "./ReadValue";

interface LiveCategoryProps<K extends string> extends LiveFieldProps<K> {
  plural: "categories" | "service_categories";
}

/** A category. */
export function LiveCategory<K extends string>({ editing, field, label, plural, placeholder }: LiveCategoryProps<K>) {
  const id = useId();
  const value = (editing.value(field) as string | null) ?? null;
  const categories: readonly { id: string; name: string }[] = useRecords(plural);
  const say = (of: unknown) => categories.find((category) => category.id === of)?.name ?? "another category";
  return (
    <FieldRow editing={editing} field={field} label={label} controlId={id} say={say}>
      {editing.readOnly === null ? (
        <CategorySelect
          id={id}
          data-field={field}
          plural={plural}
          variant="unstyled"
          classNames={{ input: quiet.input }}
          placeholder={placeholder ?? "None"}
          value={value}
          onChange={(chosen) => editing.put(field, chosen)}
          onFocus={() => editing.focus(field)}
          onBlur={() => editing.blur(field)}
        />
      ) : (
        <ReadValue id={id} why={editing.readOnly}>
          {value ? <CategoryChip plural={plural} id={value} /> : ""}
        </ReadValue>
      )}
    </FieldRow>
  );
}
