// Asked only where closing would lose typed text that could not be saved.

import { Button, Group, Text } from "@mantine/core";
import { Dialog } from "@/widgets/Dialog";

/** Keep writing, or throw away what was typed. */
export function DiscardDialog({ onKeep, onDiscard }: { onKeep: () => void; onDiscard: () => void }) {
  return (
    <Dialog onClose={onKeep} title="Close without saving?" centered size="sm">
      <Text size="sm">Some of what you typed is not saved. It is lost when you close now.</Text>
      <Group justify="flex-end" mt="md" gap="xs">
        <Button variant="default" onClick={onDiscard}>
          Throw away
        </Button>
        <Button data-autofocus onClick={onKeep}>
          Keep writing
        </Button>
      </Group>
    </Dialog>
  );
}
