// The fields behind the filter button: fetched when they are first wanted, as they bring the largest controls (U6).
import { MultiSelect, Switch, TextInput } from "@mantine/core";
import { useMemo } from "react";
import { useRecords } from "@/realtime/react";
import type { Category, User } from "@/realtime/schema";
import { priorityWord, statusWord } from "@/widgets/words";
import classes from "./CallsHead.module.css";
import { type CallFilters, PRIORITIES, STATUSES } from "./filters";

export interface FilterFieldsProps {
  filters: CallFilters;
  onFilters(filters: CallFilters): void;
}

const byName = (a: Category, b: Category) => a.name.localeCompare(b.name);
const byPerson = (a: User, b: User) => a.display_name.localeCompare(b.display_name);
const WITHIN = { withinPortal: false } as const;

/** The fields. */
export default function FilterFields({ filters, onFilters }: FilterFieldsProps) {
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
function Days({ filters, onFilters }: FilterFieldsProps) {
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
