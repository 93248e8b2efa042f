// Adding somebody to the team: who, with which role, and the first password, which is shown once to be passed on.

import { Button, Group, Select, Stack, TagsInput, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useEffect, useRef, useState } from "react";
import { fieldErrors } from "@/app/fieldErrors";
import { Refusal } from "@/realtime";
import { useCommand } from "@/realtime/react";
import type { CreateUser, User } from "@/realtime/schema";
import { Dialog } from "@/widgets/Dialog";
import { FormError } from "../lists/FormError";
import { CopyPassword, FirstPassword } from "./FirstPassword";
import { madePassword } from "./password";
import { ROLES } from "./roles";

const LABELS = {
  display_name: "The name",
  email: "The email",
  phone: "The phone",
  skills: "Each skill",
  password: "The password",
};

interface NewPersonProps {
  onClose: () => void;
}

/** The dialog: the form, then what to pass on. */
export default function NewPerson({ onClose }: NewPersonProps) {
  const [made, setMade] = useState<Pick<CreateUser, "display_name" | "email" | "password"> | null>(null);
  return (
    <Dialog onClose={onClose} title={made ? "Pass this on" : "Add a person"}>
      {made ? <PassOn {...made} onClose={onClose} /> : <PersonForm onMade={setMade} onClose={onClose} />}
    </Dialog>
  );
}

interface PersonFormProps extends NewPersonProps {
  onMade: (made: CreateUser) => void;
}

function PersonForm({ onMade, onClose }: PersonFormProps) {
  const create = useCommand("create_user");
  const form = useForm({
    initialValues: {
      display_name: "",
      email: "",
      role: "engineer" as User["role"],
      phone: "",
      skills: [] as string[],
      password: madePassword(),
    },
  });
  const submit = form.onSubmit(async (values) => {
    const wanted = { ...values, phone: values.phone.trim() || null };
    try {
      await create.run(wanted);
      onMade(wanted);
    } catch (refusal) {
      if (refusal instanceof Refusal) form.setErrors(fieldErrors(refusal.fields ?? {}, LABELS));
    }
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput
          label="Name"
          required
          data-autofocus
          autoComplete="off"
          dir="auto"
          {...form.getInputProps("display_name")}
        />
        <TextInput label="Email" type="email" required autoComplete="off" {...form.getInputProps("email")} />
        <Select
          label="Role"
          required
          allowDeselect={false}
          data={ROLES}
          renderOption={roleOption}
          {...form.getInputProps("role")}
        />
        <TextInput label="Phone" type="tel" autoComplete="off" {...form.getInputProps("phone")} />
        <TagsInput label="Skills" placeholder="Type one, press Enter" {...form.getInputProps("skills")} />
        <FirstPassword
          value={form.values.password}
          onChange={(password) => form.setFieldValue("password", password)}
          error={form.errors.password as string | undefined}
        />
        <FormError error={create.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.busy}>
            Add
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const roleOption = ({ option }: { option: { value: string; label: string } }) => (
  <div>
    <div>{option.label}</div>
    <Text size="xs" c="dimmed">
      {ROLES.find((role) => role.value === option.value)?.description}
    </Text>
  </div>
);

function PassOn({
  display_name,
  email,
  password,
  onClose,
}: Pick<CreateUser, "display_name" | "email" | "password"> & NewPersonProps) {
  // The form, and with it what had the focus, has just left the dialog.
  const done = useRef<HTMLButtonElement>(null);
  useEffect(() => done.current?.focus(), []);
  return (
    <Stack gap="sm">
      <Text size="sm">
        <bdi>{display_name}</bdi> can sign in now. The password is not shown again; it is to be changed at the first
        sign-in.
      </Text>
      <TextInput label="Email" value={email} readOnly />
      <TextInput label="First password" value={password} readOnly rightSection={<CopyPassword value={password} />} />
      <Group justify="flex-end">
        <Button ref={done} onClick={onClose}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
