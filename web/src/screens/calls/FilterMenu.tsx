// What to filter by (S2), put away behind one button that says how much is filtered. Every choice works at once.
import { Button, MultiSelect, Popover, Switch, TextInput } from "@mantine/core";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { useMemo } from "react";
import { useNarrow } from "@/app/useNarrow";
import { useRecords } from "@/realtime/react";
import type { Category, User } from "@/realtime/schema";
import { priorityWord, statusWord } from "@/widgets/words";
import classes from "./CallsHead.module.css";
import { type CallFilters, filterCount, PRIORITIES, STATUSES } from "./filters";
import { HEAD_BUTTON } from "./headButton";
import { SearchBox } from "./SearchBox";

export interface FilterMenuProps {
  filters: CallFilters;
  onFilters(filters: CallFilters): void;
}

/** The button and what is behind it. */
export function FilterMenu({ filters, onFilters }: FilterMenuProps) {
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
        <Fields filters={filters} onFilters={onFilters} />
      </Popover.Dropdown>
    </Popover>
  );
}

const byName = (a: Category, b: Category) => a.name.localeCompare(b.name);
const byPerson = (a: User, b: User) => a.display_name.localeCompare(b.display_name);
const WITHIN = { withinPortal: false } as const;

function Fields({ filters, onFilters }: FilterMenuProps) {
  const set = (change: Partial<CallFilters>) => onFilters({ ...filters, ...change });
  const categories = useRecords("categories", undefined, byName);
  const users = useRecords("users", undefined, byPerson);
  const people = useMemo(
    () => [
      { value: "me", label: "Me" },
      { value: "nobody", label: "Nobody" },
      ...users.map((user) => ({ value: user.id, label: user.display_name })),
    ],
    [users],
  );
  const kinds = useMemo(
    () => [
      { value: "none", label: "No category" },
      ...categories.map((category) => ({ value: category.id, label: category.name })),
    ],
    [categories],
  );
  return (
    <div className={classes.fields}>
      <MultiSelect
        size="xs"
        label="Status"
        data={STATUSES.map((status) => ({ value: status, label: statusWord("calls", status) }))}
        value={[...filters.statuses]}
        onChange={(chosen) => set({ statuses: STATUSES.filter((status) => chosen.includes(status)) })}
        comboboxProps={WITHIN}
        clearable
      />
      <MultiSelect
        size="xs"
        label="Assignee"
        data={people}
        value={[...filters.assignees]}
        onChange={(assignees) => set({ assignees })}
        comboboxProps={WITHIN}
        searchable
        clearable
      />
      <MultiSelect
        size="xs"
        label="Category"
        data={kinds}
        value={[...filters.categories]}
        onChange={(chosen) => set({ categories: chosen })}
        comboboxProps={WITHIN}
        searchable
        clearable
      />
      <MultiSelect
        size="xs"
        label="Priority"
        data={PRIORITIES.map((priority) => ({ value: priority, label: priorityWord(priority) }))}
        value={[...filters.priorities]}
        onChange={(chosen) => set({ priorities: PRIORITIES.filter((priority) => chosen.includes(priority)) })}
        comboboxProps={WITHIN}
        clearable
      />
      <Days filters={filters} onFilters={onFilters} />
      <Switch
        size="sm"
        label="Overdue only"
        checked={filters.overdue}
        onChange={(event) => set({ overdue: event.currentTarget.checked })}
      />
    </div>
  );
}

/** The browser's own date fields: they need no calendar of ours in the first load (U6). */
function Days({ filters, onFilters }: FilterMenuProps) {
  const set = (change: Partial<CallFilters>) => onFilters({ ...filters, ...change });
  return (
    <div className={classes.days}>
      <TextInput
        size="xs"
        type="date"
        label="Created from"
        value={filters.from ?? ""}
        max={filters.to ?? ""}
        onChange={(event) => set({ from: event.currentTarget.value || null })}
      />
      <TextInput
        size="xs"
        type="date"
        label="to"
        value={filters.to ?? ""}
        min={filters.from ?? ""}
        onChange={(event) => set({ to: event.currentTarget.value || null })}
      />
    </div>
  );
}
