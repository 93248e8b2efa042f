// How I appear to the others: name, phone, what I know about, and whether I can take work now.
import { Button, Group, SegmentedControl, TagsInput, TextInput } from "@mantine/core";
import { AVAILABILITIES, type Availability } from "@/app/availability";
import { useAct } from "@/app/useAct";
import { useLiveForm, useMe } from "@/realtime/react";
import { Section } from "./Section";
import classes from "./Settings.module.css";

const FIELDS = ["display_name", "phone", "skills"] as const;

/** My own record, as far as it is mine to change. */
export function ProfileSection() {
  return (
    <Section title="Profile" text="What the others on the board see of you.">
      <AvailabilityControl />
      <ProfileForm />
    </Section>
  );
}

function AvailabilityControl() {
  const me = useMe();
  const act = useAct();
  const data = AVAILABILITIES.map(({ value, label }) => ({ value, label }));
  return (
    <SegmentedControl
      aria-label="Availability"
      data={data}
      value={me.availability}
      onChange={(value) => act("set_availability", { id: me.id, availability: value as Availability }, { quiet: true })}
    />
  );
}

function ProfileForm() {
  const me = useMe();
  const act = useAct();
  const form = useLiveForm("users", me, FIELDS);
  const { values, errors } = form;
  const save = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!form.isDirty) return;
    const outcome = await act("update_user", { id: me.id, ...form.changes() }, { said: "Profile saved" });
    if (outcome !== null) form.sent();
  };
  return (
    <form onSubmit={save} className={classes.form}>
      <TextInput
        label="Name"
        autoComplete="name"
        value={values.display_name}
        error={errors.display_name}
        onChange={(event) => form.set("display_name", event.currentTarget.value)}
      />
      <TextInput
        label="Phone"
        type="tel"
        autoComplete="tel"
        value={values.phone ?? ""}
        error={errors.phone}
        onChange={(event) => form.set("phone", event.currentTarget.value || null)}
      />
      <TagsInput
        label="Skills"
        description="What calls of yours are about; press Enter after each."
        maxTags={50}
        value={values.skills}
        error={errors.skills}
        onChange={(skills) => form.set("skills", skills)}
      />
      <Group justify="flex-end" gap="xs">
        {form.isDirty && (
          <Button variant="default" onClick={() => form.reset()}>
            Discard
          </Button>
        )}
        <Button type="submit" disabled={!form.isDirty}>
          Save profile
        </Button>
      </Group>
    </form>
  );
}
