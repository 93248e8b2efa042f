// The address that somebody signs in with.

import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { fieldErrors } from "@/app/fieldErrors";
import { Refusal } from "@/realtime";
import { useCommand } from "@/realtime/react";
import type { User } from "@/realtime/schema";
import { Dialog } from "@/widgets/Dialog";
import { FormError } from "../lists/FormError";

/** The dialog. */
export function ChangeEmail({ user, onClose }: { user: User; onClose: () => void }) {
  const { run, busy, error } = useCommand("change_email");
  const [email, setEmail] = useState(user.email);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (email.trim() === user.email) return onClose();
    try {
      await run({ id: user.id, email, expected_version: user.version });
      onClose();
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
    }
  };
  return (
    <Dialog onClose={onClose} title="Change email">
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <TextInput
            label="Email"
            description={`${user.display_name} signs in with it.`}
            type="email"
            error={error?.fields?.email && fieldErrors(error.fields, { email: "The email" }).email}
            data-autofocus
            autoComplete="off"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <FormError error={error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
