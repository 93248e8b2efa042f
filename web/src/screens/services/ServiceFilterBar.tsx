// The quick row above the repairs: what one asks most as figures to press, and the rest as fields (S3).
import { Button, CloseButton, Select, TextInput, UnstyledButton } from "@mantine/core";
import { IconAdjustmentsHorizontal, IconSearch, IconX } from "@tabler/icons-react";
import { type ReactNode, useMemo, useState } from "react";
import { useNarrow } from "@/app/useNarrow";
import { useRecords } from "@/realtime/react";
import { Counter } from "@/widgets/Counter";
import { takesWork } from "@/widgets/PersonSelect";
import { isFiltered, NO_FILTERS, type PromisedFilter, type ServiceFilters } from "./filters";
import styles from "./ServiceFilterBar.module.css";
import { StatusFilter } from "./StatusFilter";
import type { Address } from "./useAddress";
import type { Figures } from "./useServices";

export interface ServiceFilterBarProps {
  address: Address;
  figures: Figures;
}

/** The filters; on a phone the fields stand behind a button. */
export function ServiceFilterBar({ address, figures }: ServiceFilterBarProps) {
  const narrow = useNarrow();
  const [unfolded, setUnfolded] = useState(false);
  const { filters, filter } = address;
  return (
    <div className={styles.bar}>
      <QuickFilters filters={filters} filter={filter} figures={figures} />
      {narrow && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.75} />}
          aria-expanded={unfolded}
          onClick={() => setUnfolded(!unfolded)}
        >
          Filters
        </Button>
      )}
      {(!narrow || unfolded) && <Fields filters={filters} filter={filter} />}
      {isFiltered(filters) && (
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          leftSection={<IconX size={14} stroke={1.75} />}
          onClick={() => filter(NO_FILTERS)}
        >
          Clear
        </Button>
      )}
    </div>
  );
}

/** The words to look for. What is typed shows at once; the address follows it, and is followed where it changes elsewhere. */
export function SearchField({ text, onText }: { text: string; onText: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const [known, setKnown] = useState(text);
  if (known !== text) {
    setKnown(text);
    if (typed.trim() !== text) setTyped(text);
  }
  const type = (words: string) => {
    setTyped(words);
    onText(words);
  };
  return (
    <TextInput
      size="xs"
      type="search"
      aria-label="Search repairs"
      placeholder="Device, customer, serial…"
      leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
      rightSection={typed !== "" && <CloseButton size="xs" aria-label="Clear the search" onClick={() => type("")} />}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}

type Filtering = { filters: ServiceFilters; filter: Address["filter"] };

function QuickFilters({ filters, filter, figures }: Filtering & { figures: Figures }) {
  const promised = (value: PromisedFilter) => ({
    on: filters.promised === value,
    press: () => filter({ promised: filters.promised === value ? null : value }),
  });
  const technician = (value: string) => ({
    on: filters.technician === value,
    press: () => filter({ technician: filters.technician === value ? null : value }),
  });
  return (
    <fieldset className={styles.quick} aria-label="Quick filters">
      <Quick {...promised("late")} figure={figures.late} alarming>
        Overdue
      </Quick>
      <Quick {...promised("today")} figure={figures.today}>
        Due today
      </Quick>
      <Quick {...technician("nobody")} figure={figures.unassigned}>
        Unassigned
      </Quick>
      <Quick {...technician("me")} figure={figures.mine}>
        Mine
      </Quick>
    </fieldset>
  );
}

interface QuickProps {
  on: boolean;
  press: () => void;
  figure: number;
  alarming?: boolean;
  children: ReactNode;
}

function Quick({ on, press, figure, alarming = false, children }: QuickProps) {
  return (
    <UnstyledButton
      className={styles.chip}
      aria-pressed={on}
      data-alarming={(alarming && figure > 0) || undefined}
      onClick={press}
    >
      {children} <Counter value={figure} className={styles.figure} />
    </UnstyledButton>
  );
}

const PROMISED: readonly { value: PromisedFilter; label: string }[] = [
  { value: "late", label: "Overdue" },
  { value: "today", label: "Due today" },
  { value: "week", label: "Due within a week" },
  { value: "none", label: "Nothing promised" },
];

function Fields({ filters, filter }: Filtering) {
  const people = useRecords("users", takesWork);
  const categories = useRecords("service_categories");
  const technicians = useMemo(
    () => [
      { value: "me", label: "Me" },
      { value: "nobody", label: "Nobody" },
      ...named(people.map(({ id, display_name }) => ({ value: id, label: display_name }))),
    ],
    [people],
  );
  const kinds = useMemo(
    () => [
      { value: "none", label: "No category" },
      ...named(categories.map(({ id, name }) => ({ value: id, label: name }))),
    ],
    [categories],
  );
  const common = { size: "xs", clearable: true, comboboxProps: { width: "max-content", shadow: "md" } } as const;
  return (
    <div className={styles.fields}>
      <StatusFilter statuses={filters.statuses} onStatuses={(statuses) => filter({ statuses })} />
      <Select
        {...common}
        searchable
        className={styles.field}
        aria-label="Technician"
        placeholder="Technician"
        data={technicians}
        value={filters.technician}
        onChange={(technician) => filter({ technician })}
      />
      <Select
        {...common}
        searchable
        className={styles.field}
        aria-label="Category"
        placeholder="Category"
        data={kinds}
        value={filters.category}
        onChange={(category) => filter({ category })}
      />
      <Select
        {...common}
        className={styles.field}
        aria-label="Promised"
        placeholder="Promised"
        data={PROMISED}
        value={filters.promised}
        onChange={(promised) => filter({ promised: promised as PromisedFilter | null })}
      />
    </div>
  );
}

const named = <T extends { label: string }>(options: T[]) => options.sort((a, b) => a.label.localeCompare(b.label));
