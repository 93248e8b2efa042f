// By whom, of what kind, in which days.
import { Button, Select, Skeleton } from "@mantine/core";
import { useMemo } from "react";
import { useStore } from "zustand";
import { part } from "@/app/part";
import { useClient } from "@/realtime/react";
import type { Plural } from "@/realtime/schema";
import { kindWord } from "@/widgets/words";
import classes from "./JournalFilters.module.css";
import { isNarrowed, type JournalFilter, KINDS } from "./journalFilter";

const DayRange = part(() => import("../lists/DayRange"), {
  waiting: <Skeleton width={210} height={36} />,
  inPlace: true,
});

interface JournalFiltersProps {
  filter: JournalFilter;
  onChange: (filter: JournalFilter) => void;
}

const KIND_CHOICES = KINDS.map((value) => ({ value, label: capital(kindWord(value, 2)) }));

/** The three filters in a row. */
export function JournalFilters({ filter, onChange }: JournalFiltersProps) {
  const people = usePeople();
  return (
    <>
      <Select
        size="xs"
        aria-label="By whom"
        placeholder="Everybody"
        searchable
        clearable
        className={classes.filter}
        data={people}
        nothingFoundMessage="Nobody of that name"
        value={filter.actor}
        onChange={(actor) => onChange({ ...filter, actor })}
      />
      <Select
        size="xs"
        aria-label="Of what kind"
        placeholder="Everything"
        clearable
        className={classes.filter}
        data={KIND_CHOICES}
        value={filter.resource}
        onChange={(kind) => onChange({ ...filter, resource: kind as Plural | null })}
      />
      <DayRange
        label="Any day"
        from={filter.from}
        to={filter.to}
        clearable
        onChange={(from, to) => onChange({ ...filter, from, to })}
      />
      {isNarrowed(filter) && (
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          onClick={() => onChange({ actor: null, resource: null, from: null, to: null })}
        >
          Show everything
        </Button>
      )}
    </>
  );
}

/** Everybody who can have done something: the team, and those who are gone. */
function usePeople() {
  const { records } = useClient();
  const users = useStore(records, (held) => held.users);
  const former = useStore(records, (held) => held.former);
  return useMemo(() => {
    const here = [...users.values()].map((user) => ({ value: user.id, label: user.display_name }));
    const gone = [...former].map(([value, name]) => ({ value, label: `${name} (former)` }));
    return [...here, ...gone]
      .filter((one, index, all) => all.findIndex((other) => other.value === one.value) === index)
      .sort((a, b) => a.label.localeCompare(b.label));
  }, [users, former]);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
