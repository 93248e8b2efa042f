// Choosing a person: with avatar, role and availability. Whoever was chosen before stays shown, also when he is gone.
import { Select, type SelectProps } from "@mantine/core";
import { useMemo } from "react";
import { type RecordOf, usePerson, useRecords } from "@/realtime/react";
import { Person } from "./Person";
import classes from "./selects.module.css";
import { availabilityWord, roleWord } from "./words";

type User = RecordOf<"users">;

export interface PersonSelectProps extends Omit<SelectProps, "data" | "value" | "onChange" | "filter"> {
  value: string | null;
  onChange: (id: string | null) => void;
  /** Whom to offer: by default everybody active who takes calls. Pass a function that keeps its identity. */
  filter?: (user: User) => boolean;
}

/** Everybody active who takes calls and repairs. */
export const takesWork = (user: User): boolean =>
  user.active && (user.role === "admin" || user.role === "dispatcher" || user.role === "engineer");

const byName = (a: User, b: User) => a.display_name.localeCompare(b.display_name);

/** A searchable list of people. */
export function PersonSelect({ value, onChange, filter = takesWork, ...rest }: PersonSelectProps) {
  const users = useRecords("users", filter, byName);
  const chosen = usePerson(value);
  const data = useMemo(() => {
    const options = users.map(({ id, display_name }) => ({ value: id, label: display_name }));
    if (value && !users.some(({ id }) => id === value)) options.push({ value, label: chosen.name });
    return options;
  }, [users, value, chosen.name]);
  const byId = useMemo(() => new Map(users.map((user) => [user.id, user])), [users]);
  return (
    <Select
      searchable
      clearable
      placeholder="Nobody"
      nothingFoundMessage="Nobody of that name"
      withScrollArea={false}
      classNames={{ options: classes.options }}
      {...rest}
      data={data}
      value={value}
      onChange={onChange}
      renderOption={({ option, checked }) => (
        <PersonOption id={option.value} user={byId.get(option.value)} checked={checked ?? false} />
      )}
    />
  );
}

function PersonOption({ id, user, checked }: { id: string; user: User | undefined; checked: boolean }) {
  return (
    <span className={classes.option} data-checked={checked || undefined}>
      <Person id={id} />
      {user ? (
        <span className={classes.aside}>
          {user.availability === "available" ? roleWord(user.role) : availabilityWord(user.availability)}
        </span>
      ) : null}
    </span>
  );
}
