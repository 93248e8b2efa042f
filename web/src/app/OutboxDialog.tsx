// What is on its way, over the screen (L4). What was refused is put right where it came from, and the dialog makes room.
import type { Entry } from "@/realtime";
import { Dialog } from "@/widgets/Dialog";
import { OutboxPanel } from "@/widgets/OutboxPanel";
import { useMending } from "./useMending";

/** The panel in a dialog. */
export default function OutboxDialog({ onClose }: { onClose: () => void }) {
  const mending = useMending();
  const mendOf = (entry: Entry) => {
    const mend = mending(entry);
    if (mend === null) return null;
    return () => {
      onClose();
      mend();
    };
  };
  return (
    <Dialog onClose={onClose} title="Changes on their way" size="md">
      <OutboxPanel mendOf={mendOf} />
    </Dialog>
  );
}
