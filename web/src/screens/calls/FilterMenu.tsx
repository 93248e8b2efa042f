// What to filter by (S2), put away behind one button that says how much is filtered. Every choice works at once.
import { Button, Popover, Skeleton } from "@mantine/core";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { part } from "@/app/part";
import { useNarrow } from "@/app/useNarrow";
import type { FilterFieldsProps } from "./FilterFields";
import { filterCount } from "./filters";
import { HEAD_BUTTON } from "./headButton";
import { SearchBox } from "./SearchBox";

const FilterFields = part(() => import("./FilterFields"), { waiting: <Skeleton height={320} />, inPlace: true });

/** The button and what is behind it. */
export function FilterMenu({ filters, onFilters }: FilterFieldsProps) {
  const narrow = useNarrow();
  const count = filterCount(filters) + Number(narrow && filters.text !== "");
  return (
    <Popover position="bottom-end" width={320} shadow="md" trapFocus returnFocus transitionProps={{ duration: 80 }}>
      <Popover.Target>
        <Button
          size="xs"
          classNames={HEAD_BUTTON}
          variant={count > 0 ? "light" : "default"}
          leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.75} aria-hidden />}
          aria-label={count > 0 ? `Filters ${count}` : "Filters"}
        >
          {count > 0 ? `Filters ${count}` : "Filters"}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Filters">
        {narrow && <SearchBox text={filters.text} onText={(text) => onFilters({ ...filters, text })} />}
        <FilterFields filters={filters} onFilters={onFilters} />
      </Popover.Dropdown>
    </Popover>
  );
}
