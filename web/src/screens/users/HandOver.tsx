// Somebody goes, for good or for a while: what is open with him is shown first, live, and goes to a colleague or back to
// everyone in the same change set (S4). The server refuses to leave it lying.

import { Button, Group, Radio, Stack, Text } from "@mantine/core";
import { useCallback, useState } from "react";
import { useAct } from "@/app/useAct";
import type { User } from "@/realtime/schema";
import { Dialog } from "@/widgets/Dialog";
import { PersonSelect } from "@/widgets/PersonSelect";
import { countedKinds } from "../lists/counted";
import { OpenWorkList } from "./OpenWorkList";
import { loadOf, type OpenWork, workOf } from "./openWork";
import { useOpenWork } from "./useTeam";

type Leaving = "delete_user" | "deactivate_user";

interface HandOverProps {
  user: User;
  command: Leaving;
  onClose: () => void;
  onDone?: () => void;
}

const WORDS: Readonly<Record<Leaving, { title: string; does: string; said: string; after: string }>> = {
  delete_user: {
    title: "Delete",
    does: "Delete",
    said: "was deleted",
    after: "Their sessions end now. Their name stays with what they did.",
  },
  deactivate_user: {
    title: "Deactivate",
    does: "Deactivate",
    said: "was deactivated",
    after: "Their sessions end now, and they cannot sign in until they are activated again.",
  },
};

/** The dialog; what is open is counted while it stands there. */
export function HandOver({ user, command, onClose, onDone }: HandOverProps) {
  const act = useAct();
  const work = workOf(useOpenWork(), user.id);
  const words = WORDS[command];
  const [choice, setChoice] = useState<"colleague" | "everyone">("colleague");
  const [to, setTo] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const something = loadOf(work) > 0;
  const ready = !something || choice === "everyone" || to !== null;

  const go = async () => {
    setBusy(true);
    const outcome = await act(
      command,
      { id: user.id, ...handedOver(something, choice, to) },
      { said: `${user.display_name} ${words.said}.` },
    );
    setBusy(false);
    if (outcome === null) return;
    onClose();
    onDone?.();
  };

  return (
    <Dialog
      onClose={onClose}
      title={
        <>
          {words.title} <bdi>{user.display_name}</bdi>?
        </>
      }
    >
      <Stack gap="md">
        {something ? (
          <WhereTo user={user} work={work} choice={choice} onChoice={setChoice} to={to} onTo={setTo} />
        ) : (
          <Text size="sm">Nothing is open with them.</Text>
        )}
        <Text size="sm" c="dimmed">
          {words.after}
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button color="red.9" loading={busy} disabled={!ready} onClick={go}>
            {words.does}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

/** The part of the command that says where open work goes. */
export function handedOver(something: boolean, choice: "colleague" | "everyone", to: string | null) {
  if (!something) return {};
  return choice === "everyone" ? { release: true } : { reassign_to: to };
}

interface WhereToProps {
  user: User;
  work: OpenWork;
  choice: "colleague" | "everyone";
  onChoice: (choice: "colleague" | "everyone") => void;
  to: string | null;
  onTo: (id: string | null) => void;
}

function WhereTo({ user, work, choice, onChoice, to, onTo }: WhereToProps) {
  const mayTakeOver = useCallback((other: User) => canWork(other) && other.id !== user.id, [user.id]);
  const total = countedKinds([
    ["calls", work.calls.length],
    ["services", work.services.length],
  ]);
  return (
    <>
      <Text size="sm">
        Open with them: <strong>{total}</strong>
      </Text>
      <OpenWorkList work={work} most={5} />
      <Radio.Group
        label="Where does it go?"
        value={choice}
        onChange={(value) => onChoice(value === "everyone" ? "everyone" : "colleague")}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="colleague" label="To a colleague" />
          {choice === "colleague" && <PersonSelect label="Colleague" value={to} onChange={onTo} filter={mayTakeOver} />}
          <Radio
            value="everyone"
            label="Back to everyone"
            description="Calls are new again, repairs have no technician."
          />
        </Stack>
      </Radio.Group>
    </>
  );
}

/** Who can have calls and repairs. */
export const canWork = (user: User): boolean =>
  user.active && (user.role === "admin" || user.role === "dispatcher" || user.role === "engineer");
