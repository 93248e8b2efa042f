// What is on its way, over the screen (L4). What was refused is put right where it came from: in its form, or in the
// drawer of its record.
import { useNavigate } from "react-router";
import type { Entry } from "@/realtime";
import { useClient } from "@/realtime/react";
import { Dialog } from "@/widgets/Dialog";
import { OutboxPanel } from "@/widgets/OutboxPanel";
import { mendingPlace } from "./mending";
import { useNewRecord } from "./useNewRecord";

/** The panel in a dialog. */
export default function OutboxDialog({ onClose }: { onClose: () => void }) {
  const mendOf = useMending(onClose);
  return (
    <Dialog onClose={onClose} title="Changes on their way" size="md">
      <OutboxPanel mendOf={mendOf} />
    </Dialog>
  );
}

/** The way to where a refused command is mended; the dialog closes over it. */
function useMending(onClose: () => void) {
  const { records } = useClient();
  const navigate = useNavigate();
  const { open } = useNewRecord();
  return (entry: Entry) => {
    const place = mendingPlace(entry, records.getState());
    if (place === null) return null;
    return () => {
      onClose();
      if ("form" in place) open(place.form, { mend: entry.op_id });
      else void navigate(place.path);
    };
  };
}
