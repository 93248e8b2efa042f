// One of the team: who they are, what they have open, and what an admin can do with the account. Fields are edited in
// place (L5); what is not allowed says why in the server's words.
import { Anchor, SegmentedControl, Select } from "@mantine/core";
import { useId, useState } from "react";
import { Link } from "react-router";
import { AVAILABILITIES } from "@/app/availability";
import { useAct } from "@/app/useAct";
import { useExplain, useRecords } from "@/realtime/react";
import type { User } from "@/realtime/schema";
import { LiveText } from "@/record/LiveText";
import quiet from "@/record/quiet.module.css";
import { RecordDrawer } from "@/record/RecordDrawer";
import { RefusedHere } from "@/record/RefusedHere";
import { type Editing, useEditing } from "@/record/useEditing";
import { Age } from "@/widgets/Age";
import { Person } from "@/widgets/Person";
import { roleWord } from "@/widgets/words";
import drawer from "../lists/Drawer.module.css";
import { Fact } from "../lists/Fact";
import { LiveTags } from "../lists/LiveTags";
import { Availability } from "./Availability";
import { OpenWorkList } from "./OpenWorkList";
import { loadOf, workOf } from "./openWork";
import { PersonActions } from "./PersonActions";
import classes from "./PersonDrawer.module.css";
import { ROLES } from "./roles";
import { useLastChanges, useOpenWork } from "./useTeam";

interface PersonDrawerProps {
  user: User;
  onClose: () => void;
}

const FIELDS = ["display_name", "phone", "skills"] as const;

/** The drawer. */
export function PersonDrawer({ user, onClose }: PersonDrawerProps) {
  const editing = usePersonEditing(user);
  return (
    <RecordDrawer
      label={user.display_name}
      title={
        <>
          <Person id={user.id} size="md" name={false} dot />
          <span className={classes.quiet}>{roleWord(user.role)}</span>
          {!user.active && <span className={classes.quiet}>Inactive</span>}
        </>
      }
      heading={<LiveText editing={editing} field="display_name" label="Name" large />}
      onClose={onClose}
      unsaved={editing.unsaved}
      actions={<PersonActions user={user} onGone={onClose} />}
    >
      <RefusedHere plural="users" id={user.id} />
      <PersonFields user={user} editing={editing} />
      <OpenNow user={user} />
      <p className={drawer.section}>
        <Anchor component={Link} to={{ pathname: "/activity", search: `?person=${user.id}` }}>
          Everything <bdi>{user.display_name}</bdi> did
        </Anchor>
      </p>
    </RecordDrawer>
  );
}

/** The person's own fields, edited in place. */
function usePersonEditing(user: User) {
  const act = useAct();
  const { why } = useExplain("users", user.id);
  return useEditing({
    plural: "users",
    record: user,
    fields: FIELDS,
    save: (changes, refused) => act("update_user", { id: user.id, ...changes }, { quiet: true, refused }),
    readOnly: why("update_user"),
  });
}

function PersonFields({ user, editing }: { user: User; editing: Editing<(typeof FIELDS)[number]> }) {
  const { why } = useExplain("users", user.id);
  const last = useLastChanges().get(user.id) ?? null;
  const known = useKnownSkills();
  return (
    <div className={drawer.fields}>
      <Fact label="Email">{user.email}</Fact>
      <RoleFact user={user} why={why("set_role")} />
      <AvailabilityFact user={user} why={why("set_availability")} />
      <LiveText editing={editing} field="phone" label="Phone" inputMode="tel" maxLength={40} />
      <LiveTags editing={editing} field="skills" label="Skills" known={known} />
      <Fact label="Last change">
        {last === null ? <span className={classes.quiet}>None</span> : <Age at={last} ago focusable />}
      </Fact>
      <Fact label="On the team">
        <Age at={user.created_at} focusable />
        {user.must_change_password && ", still with the first password"}
      </Fact>
    </div>
  );
}

const skillsOf = (users: readonly User[]) => [...new Set(users.flatMap((user) => user.skills))].sort();
const useKnownSkills = () => skillsOf(useRecords("users"));

interface RuledProps {
  user: User;
  /** The server's sentence where it may not be changed. */
  why: string | null;
}

function RoleFact({ user, why }: RuledProps) {
  const act = useAct();
  const id = useId();
  const choose = (role: string | null) => {
    if (role === null || role === user.role) return;
    void act(
      "set_role",
      { id: user.id, role: role as User["role"], expected_version: user.version },
      { said: `${user.display_name} is now ${roleWord(role).toLowerCase()}.` },
    );
  };
  if (why !== null) return <Fact label="Role">{roleWord(user.role)}</Fact>;
  return (
    <Fact label="Role" controlId={id}>
      <Select
        id={id}
        variant="unstyled"
        classNames={{ input: quiet.input ?? "" }}
        data={ROLES.map(({ value, label }) => ({ value, label }))}
        allowDeselect={false}
        value={user.role}
        onChange={choose}
        comboboxProps={{ shadow: "md", transitionProps: { duration: 80 } }}
      />
    </Fact>
  );
}

function AvailabilityFact({ user, why }: RuledProps) {
  const act = useAct();
  if (why !== null) {
    return (
      <Fact label="Availability">
        <Availability state={user.availability} />
      </Fact>
    );
  }
  const choose = (value: string) =>
    act("set_availability", { id: user.id, availability: value as User["availability"] }, { quiet: true });
  return (
    <Fact label="Availability">
      <SegmentedControl
        size="xs"
        aria-label="Availability"
        data={[...AVAILABILITIES]}
        value={user.availability}
        onChange={choose}
      />
    </Fact>
  );
}

function OpenNow({ user }: { user: User }) {
  const work = workOf(useOpenWork(), user.id);
  const [all, setAll] = useState(false);
  const load = loadOf(work);
  return (
    <section className={drawer.section} aria-labelledby="open-now">
      <h2 id="open-now" className={drawer.heading}>
        <span>
          Open now <span className={drawer.count}>{load}</span>
        </span>
        {load > FEW && (
          <Anchor component="button" type="button" size="sm" onClick={() => setAll(!all)}>
            {all ? "Show fewer" : "Show all"}
          </Anchor>
        )}
      </h2>
      {load === 0 ? (
        <p className={drawer.none}>Nothing is open.</p>
      ) : (
        <OpenWorkList work={work} most={all ? load : FEW} />
      )}
    </section>
  );
}

const FEW = 12;
