// A question before something that cannot be undone. What can be undone is done at once, with Undo in its toast (WEB U5).

import { Button, Group, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Dialog } from "./Dialog";

export interface ConfirmDialogProps {
  title: string;
  children?: ReactNode;
  /** What the button says: the deed itself, never "OK". */
  confirm: string;
  danger?: boolean;
  onConfirm: () => unknown;
  onClose: () => void;
}

/** Asks once; open for as long as it is rendered. */
export function ConfirmDialog({ title, children, confirm, danger = false, onConfirm, onClose }: ConfirmDialogProps) {
  const [busy, setBusy] = useState(false);
  const act = async () => {
    setBusy(true);
    try {
      await onConfirm();
      onClose();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog onClose={onClose} title={title} centered size="sm">
      <Stack gap="md">
        {typeof children === "string" ? <Text size="sm">{children}</Text> : children}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Keep it as it is
          </Button>
          <Button data-autofocus loading={busy} onClick={act} {...(danger ? { color: "red" } : {})}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
