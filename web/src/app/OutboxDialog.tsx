// What is on its way, over the screen (L4).
import { Modal } from "@mantine/core";
import { OutboxPanel } from "@/widgets/OutboxPanel";

/** The panel in a dialog. */
export default function OutboxDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Changes on their way" size="md">
      <OutboxPanel />
    </Modal>
  );
}
