// A choice of a record, saved as it is made (L5). What is chosen now stays choosable even where it is no longer offered.
import { type ComboboxItem, Select, type SelectProps } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { FieldRow } from "./FieldRow";
import { liveControl } from "./liveControl";
import type { LiveFieldProps } from "./liveFieldProps";
import quiet from "./quiet.module.css";
import { ReadValue } from "./ReadValue";

interface LiveSelectProps<K extends string> extends LiveFieldProps<K> {
  options: readonly ComboboxItem[];
  /** Whether nothing may be chosen. */
  clearable?: boolean;
  searchable?: boolean;
  /** A mark before the value and before each option. */
  mark?: (value: string) => ReactNode;
}

/** One of several. */
export function LiveSelect<K extends string>(props: LiveSelectProps<K>) {
  const { editing, field, label, options, placeholder = "None", clearable = false, searchable = false, mark } = props;
  const id = useId();
  const value = (editing.value(field) as string | null) ?? null;
  const say = (of: unknown) => options.find((option) => option.value === of)?.label ?? "another one";
  const renderOption: SelectProps["renderOption"] = ({ option }) => (
    <span className={quiet.option}>
      {mark?.(option.value)}
      <span dir="auto">{option.label}</span>
    </span>
  );
  return (
    <FieldRow editing={editing} field={field} label={label} controlId={id} say={say} bare={props.bare ?? false}>
      {editing.readOnly === null ? (
        <Select
          {...liveControl(editing, field, id)}
          classNames={{ input: quiet.input }}
          data={[...options]}
          value={value}
          placeholder={placeholder}
          clearable={clearable}
          searchable={searchable}
          allowDeselect={false}
          leftSection={value && mark ? mark(value) : undefined}
          renderOption={renderOption}
          comboboxProps={{ shadow: "md", transitionProps: { duration: 80 } }}
          onChange={(chosen) => editing.put(field, chosen)}
        />
      ) : (
        <ReadValue id={id} why={editing.readOnly}>
          {value === null ? "" : say(value)}
        </ReadValue>
      )}
    </FieldRow>
  );
}
