// Asked of whoever signs out while changes of his have not been sent: they can wait here for him, or be given up (L4).
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useOutbox } from "@/realtime/react";
import { Dialog } from "@/widgets/Dialog";
import { Refused } from "./Refused";
import { useSession } from "./session";

/** The question. */
export default function LeaveDialog({ onClose }: { onClose: () => void }) {
  const { signOut } = useSession();
  const count = useOutbox().length;
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState<string | null>(null);
  const leave = async (drop: boolean) => {
    setBusy(true);
    setWhy(null);
    try {
      await signOut({ drop });
    } catch (failure) {
      setWhy(failure instanceof Error ? failure.message : String(failure));
      setBusy(false);
    }
  };
  const them = count === 1 ? "it" : "them";
  return (
    <Dialog
      onClose={onClose}
      title={count === 1 ? "1 change has not been sent" : `${count} changes have not been sent`}
    >
      <Stack gap="md">
        <Text size="sm">
          Keep {them} in this browser, to be sent when you sign in here again, or drop {them}. On a computer that others
          use too, it is better to stay until everything is sent.
        </Text>
        <Refused why={why} />
        <Group justify="flex-end" gap="xs">
          <Button variant="subtle" color="red" disabled={busy} onClick={() => leave(true)}>
            Drop {them} and sign out
          </Button>
          <Button variant="default" disabled={busy} onClick={() => leave(false)}>
            Keep {them} and sign out
          </Button>
          <Button data-autofocus onClick={onClose}>
            Stay
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
