// A new first password for somebody who has lost theirs; it is shown once, to be passed on.

import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { fieldErrors } from "@/app/fieldErrors";
import { Refusal } from "@/realtime";
import { useCommand } from "@/realtime/react";
import type { User } from "@/realtime/schema";
import { Dialog } from "@/widgets/Dialog";
import { FormError } from "../lists/FormError";
import { CopyPassword, FirstPassword } from "./FirstPassword";
import { madePassword } from "./password";

/** The dialog: choose, then pass on. */
export function ResetPassword({ user, onClose }: { user: User; onClose: () => void }) {
  const { run, busy, error } = useCommand("reset_password");
  const [password, setPassword] = useState(madePassword);
  const [done, setDone] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await run({ id: user.id, password });
      setDone(true);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
    }
  };
  if (done) return <Done user={user} password={password} onClose={onClose} />;
  return (
    <Dialog
      onClose={onClose}
      title={
        <>
          Reset the password of <bdi>{user.display_name}</bdi>
        </>
      }
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Text size="sm">The old password stops working and all their sessions end.</Text>
          <FirstPassword
            value={password}
            onChange={setPassword}
            error={error?.fields?.password && fieldErrors(error.fields, { password: "The password" }).password}
          />
          <FormError error={error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              Reset
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function Done({ user, password, onClose }: { user: User; password: string; onClose: () => void }) {
  return (
    <Dialog onClose={onClose} title="Pass this on">
      <Stack gap="sm">
        <Text size="sm">
          <bdi>{user.display_name}</bdi> signs in with it once and then chooses their own. It is not shown again.
        </Text>
        <TextInput label="First password" value={password} readOnly rightSection={<CopyPassword value={password} />} />
        <Group justify="flex-end">
          <Button onClick={onClose} data-autofocus>
            Done
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
