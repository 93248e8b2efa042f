// What was kept while offline and then refused concerns me (U1, L4), and so does what lay so long that it is not sent
// unasked. Told once each, until it is mended or dropped; the panel of what is on its way has the rest.
import { notifications } from "@mantine/notifications";
import { useEffect } from "react";
import type { Entry } from "@/realtime";
import { useClient } from "@/realtime/react";
import { entryName } from "@/widgets/entryName";
import { toast } from "@/widgets/toast";
import { useOverlays } from "./useOverlays";

const toastOf = (op_id: string) => `refused-${op_id}`;

/** Watches for as long as it is shown. */
export function useOutboxNotices(): void {
  const client = useClient();
  const { show } = useOverlays();
  useEffect(() => {
    const told = new Set<string>();
    const action = { label: "Look", onClick: () => show("outbox") };
    const tell = (entry: Entry) =>
      toast({
        id: toastOf(entry.op_id),
        type: "error",
        title: `Not done: ${entryName(entry, client.records.getState())}`,
        message: entry.refusal?.message,
        action,
      });
    const look = (entries: readonly Entry[]) => {
      const asking = entries.filter(({ state }) => state === "refused" || state === "old");
      const fresh = asking.filter(({ op_id }) => !told.has(op_id));
      for (const op_id of told) if (!asking.some((entry) => entry.op_id === op_id)) notifications.hide(toastOf(op_id));
      for (const { op_id } of fresh) told.add(op_id);
      for (const entry of fresh) if (entry.state === "refused") tell(entry);
      const old = fresh.filter(({ state }) => state === "old").length;
      if (old > 0)
        toast({ type: "warning", title: `${old} from long ago not sent`, message: "Send or drop them.", action });
    };
    look(client.outbox.entries.getState());
    return client.outbox.entries.subscribe(look);
  }, [client, show]);
}
