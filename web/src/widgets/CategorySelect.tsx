// Choosing a category of calls or of repairs: those on offer, in their order, and the one chosen before even when it is no
// longer offered (DOMAIN, category).
import { Select, type SelectProps } from "@mantine/core";
import { useMemo } from "react";
import { type RecordOf, useRecord, useRecords } from "@/realtime/react";
import { CategoryChip, ColourMark } from "./CategoryChip";
import classes from "./selects.module.css";

type Category = RecordOf<"categories"> | RecordOf<"service_categories">;

export interface CategorySelectProps extends Omit<SelectProps, "data" | "value" | "onChange"> {
  plural: "categories" | "service_categories";
  value: string | null;
  onChange: (id: string | null) => void;
}

const isOffered = (category: Category) => !category.archived;
const inOrder = (a: Category, b: Category) => a.sort_order - b.sort_order || a.name.localeCompare(b.name);

/** A searchable list of categories. */
export function CategorySelect({ plural, value, onChange, ...rest }: CategorySelectProps) {
  const offered: readonly Category[] = useRecords(plural, isOffered, inOrder);
  const chosen: Category | undefined = useRecord(plural, value);
  const data = useMemo(() => {
    const all = chosen?.archived ? [...offered, chosen] : offered;
    return all.map(({ id, name, archived }) => ({ value: id, label: archived ? `${name} (no longer offered)` : name }));
  }, [offered, chosen]);
  return (
    <Select
      searchable
      clearable
      placeholder="None"
      nothingFoundMessage="No such category"
      leftSection={chosen ? <ColourMark colour={chosen.colour} /> : undefined}
      withScrollArea={false}
      classNames={{ options: classes.options }}
      {...rest}
      data={data}
      value={value}
      onChange={onChange}
      renderOption={({ option, checked }) => (
        <span className={classes.option} data-checked={checked || undefined}>
          <CategoryChip plural={plural} id={option.value} />
        </span>
      )}
    />
  );
}
