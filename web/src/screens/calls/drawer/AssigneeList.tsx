// The people a call can be given to, found by typing, chosen by arrows and Enter or by touch.
import { Combobox, TextInput, useCombobox } from "@mantine/core";
import { useMemo, useState } from "react";
import { useRecords, useViewers } from "@/realtime/react";
import type { User } from "@/realtime/schema";
import { Person } from "@/widgets/Person";
import { availabilityWord } from "@/widgets/words";
import classes from "./AssigneeList.module.css";
import { type Assignee, assignees, matching, openLoad } from "./assignees";

interface AssigneeListProps {
  /** Who has it now. */
  current: string | null;
  /** Why it may not be given to anybody; null where it may. */
  barred: string | null;
  onPick: (id: string, name: string) => void;
  /** Escape: the list takes the key before the dialog around it hears of it. */
  onCancel: () => void;
}

/** A searchable list of people, the best first. */
export function AssigneeList({ current, barred, onPick, onCancel }: AssigneeListProps) {
  const [query, setQuery] = useState("");
  const all = useAssignees();
  const found = useMemo(() => matching(all, query), [all, query]);
  const combobox = useCombobox({ opened: true });
  const pick = (id: string) => {
    const user = all.find((one) => one.user.id === id)?.user;
    if (user && barred === null) onPick(id, user.display_name);
  };
  return (
    <Combobox store={combobox} onOptionSubmit={pick}>
      <Combobox.EventsTarget>
        <TextInput
          data-autofocus
          aria-label="Find a person by name or skill"
          placeholder="Name or skill"
          value={query}
          dir="auto"
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.stopPropagation();
            onCancel();
          }}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            combobox.selectFirstOption();
          }}
        />
      </Combobox.EventsTarget>
      {barred !== null && <p className={classes.barred}>{barred}</p>}
      <Combobox.Options className={classes.options} aria-label="People">
        {found.map((one) => (
          <AssigneeOption key={one.user.id} assignee={one} isCurrent={one.user.id === current} />
        ))}
        {found.length === 0 && <Combobox.Empty>Nobody of that name or skill</Combobox.Empty>}
      </Combobox.Options>
    </Combobox>
  );
}

function AssigneeOption({ assignee, isCurrent }: { assignee: Assignee; isCurrent: boolean }) {
  const { user, load } = assignee;
  return (
    <Combobox.Option value={user.id} active={isCurrent} className={classes.option}>
      <Person id={user.id} dot />
      <span className={classes.aside}>
        {user.availability !== "available" && <span>{availabilityWord(user.availability)}</span>}
        <span>{isCurrent ? "has it" : load === 0 ? "free" : `${load} open`}</span>
      </span>
    </Combobox.Option>
  );
}

const active = (user: User) => user.active;

function useAssignees(): readonly Assignee[] {
  const users = useRecords("users", active);
  const calls = useRecords("calls");
  const team = useViewers("team");
  const load = useMemo(() => openLoad(calls), [calls]);
  return useMemo(() => assignees(users, load, new Set(team.map((present) => present.user.id))), [users, load, team]);
}
