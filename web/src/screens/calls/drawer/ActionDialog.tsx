// The frame of every dialog that asks something before an action on a call. It stays live: where the action stops being
// possible while one writes, it says so in the server's own words and leaves the text to be copied.
import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type FormEvent, type KeyboardEvent, type ReactNode, useState } from "react";
import { useNarrow } from "@/app/useNarrow";
import { type CommandName, useExplain, useRecord } from "@/realtime/react";
import type { Call } from "@/realtime/schema";
import { CLOSE } from "@/record/closeButton";
import { numberOf } from "@/widgets/RecordNumber";
import { useFocusReturn } from "@/widgets/useFocusReturn";

interface ActionDialogProps {
  call: Call;
  command: CommandName;
  title: string;
  /** What the button says: the deed. */
  submit: string;
  danger?: boolean;
  /** Performs it; the dialog closes unless the answer is null: then it was refused. */
  onSubmit: () => Promise<unknown>;
  onClose: () => void;
  children: ReactNode;
}

/** Asks, then acts; Ctrl+Enter acts from anywhere in it. */
export function ActionDialog(props: ActionDialogProps) {
  const { call, command, title, submit, danger = false, onSubmit, onClose, children } = props;
  useFocusReturn();
  const narrow = useNarrow();
  const [busy, setBusy] = useState(false);
  const { allowed, why } = useExplain("calls", call.id);
  const live = useRecord("calls", call.id);
  const barred = live === undefined ? "This call was deleted meanwhile." : allowed(command) ? null : why(command);

  const act = async (event?: FormEvent) => {
    event?.preventDefault();
    if (busy || barred !== null) return;
    setBusy(true);
    try {
      if ((await onSubmit()) !== null) onClose();
    } finally {
      setBusy(false);
    }
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void act();
  };
  return (
    <Modal
      opened
      closeButtonProps={CLOSE}
      onClose={onClose}
      title={<Text fw={600}>{`${title} ${numberOf("calls", live ?? call)}`}</Text>}
      centered={!narrow}
      size="md"
      transitionProps={{ duration: 120 }}
    >
      <form onSubmit={act} onKeyDown={keys}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed" lineClamp={2}>
            <bdi>{(live ?? call).title}</bdi> · <bdi>{(live ?? call).customer_name}</bdi>
          </Text>
          {barred !== null && (
            <Alert color="yellow" icon={<IconAlertTriangle size={18} stroke={1.75} />} p="xs">
              {barred}
            </Alert>
          )}
          {children}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {command === "cancel_call" ? "Keep the call" : "Cancel"}
            </Button>
            <Button type="submit" loading={busy} disabled={barred !== null} {...(danger ? { color: "red" } : {})}>
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
