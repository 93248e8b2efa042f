// People (S4): who is on the team, who is there now and can take work, and how much each has on his hands.
import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { IconSearch, IconUserPlus, IconUsers } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { useLoaded, useRecordByNumber } from "@/realtime/react";
import type { User } from "@/realtime/schema";
import { ActionButton } from "@/widgets/ActionButton";
import { EmptyState } from "@/widgets/EmptyState";
import { fold } from "@/widgets/matching";
import { PageHeader } from "@/widgets/PageHeader";
import { ListSkeleton } from "@/widgets/Skeletons";
import table from "../lists/RecordTable.module.css";
import NewPerson from "./NewPerson";
import { PeopleTable } from "./PeopleTable";
import { PersonDrawer } from "./PersonDrawer";
import { useTeam } from "./useTeam";

type Shown = "active" | "inactive";

/** The screen, with one person in a drawer where the address names one. */
export default function Users() {
  const { number } = useParams();
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const open = useRecordByNumber("users", number);
  const close = () => navigate({ pathname: "/users", search: query.toString() });
  return (
    <div className={table.screen}>
      <People openId={open?.id ?? null} />
      {open && <PersonDrawer key={open.id} user={open} onClose={close} />}
    </div>
  );
}

function People({ openId }: { openId: string | null }) {
  const [query, setQuery] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const loaded = useLoaded();
  const team = useTeam();
  const shown: Shown = query.get("show") === "inactive" ? "inactive" : "active";
  const words = query.get("q") ?? "";
  const people = useMemo(() => team.filter((user) => isShown(user, shown, words)), [team, shown, words]);
  const inactive = team.filter((user) => !user.active).length;
  const set = (name: string, value: string) => setQuery((now) => withWord(now, name, value), { replace: true });
  return (
    <>
      <PageHeader
        title="People"
        count={team.length - inactive}
        search={
          <>
            <TextInput
              size="xs"
              placeholder="Name, email, phone or skill"
              aria-label="Search people"
              leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
              value={words}
              onChange={(event) => set("q", event.currentTarget.value)}
            />
            {inactive > 0 && (
              <SegmentedControl
                size="xs"
                aria-label="Which people"
                value={shown}
                onChange={(value) => set("show", value === "inactive" ? value : "")}
                data={[
                  { value: "active", label: `Active ${team.length - inactive}` },
                  { value: "inactive", label: `Inactive ${inactive}` },
                ]}
              />
            )}
          </>
        }
        actions={<AddButton onClick={() => setAdding(true)} />}
      />
      {!loaded ? (
        <div className={table.scroll}>
          <ListSkeleton rows={8} />
        </div>
      ) : people.length === 0 ? (
        <NobodyFound onClear={() => setQuery({}, { replace: true })} />
      ) : (
        <PeopleTable people={people} openId={openId} search={query.toString()}>
          {team.length === 1 && <Alone />}
        </PeopleTable>
      )}
      {adding && <NewPerson onClose={() => setAdding(false)} />}
    </>
  );
}

function AddButton({ onClick }: { onClick: () => void }) {
  return (
    <ActionButton
      plural="users"
      command="create_user"
      label="Add person"
      variant="filled"
      size="xs"
      icon={<IconUserPlus size={16} stroke={1.75} aria-hidden />}
      onClick={onClick}
    />
  );
}

function Alone() {
  return (
    <EmptyState
      icon={<IconUsers size={28} stroke={1.5} />}
      title="You are on your own so far"
      text="Add the dispatchers, engineers and the front desk: each signs in with a first password that you hand over."
    />
  );
}

function NobodyFound({ onClear }: { onClear: () => void }) {
  return (
    <div className={table.empty}>
      <EmptyState
        icon={<IconUsers size={28} stroke={1.5} />}
        title="Nobody fits"
        text="No name, email, phone or skill holds these words."
        action={
          <Button variant="default" onClick={onClear}>
            Show everybody
          </Button>
        }
      />
    </div>
  );
}

/** Whether a person belongs on the list: active or not, and every word typed found in what is known of them. */
export function isShown(user: User, shown: Shown, words: string): boolean {
  const text = fold(
    [user.display_name, user.email, user.phone, user.role.replace("_", " "), ...user.skills].join("\n"),
  );
  return (
    (shown === "active") === user.active &&
    fold(words)
      .split(/\s+/u)
      .every((word) => text.includes(word))
  );
}

function withWord(query: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(query);
  if (value === "") next.delete(name);
  else next.set(name, value);
  return next;
}
