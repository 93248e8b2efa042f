// What was kept while offline and then refused concerns me (U1, L4), and so does what lay so long that it is not sent
// unasked. Told once each; the panel of what is on its way has the rest.
import { useEffect } from "react";
import type { Entry } from "@/realtime";
import { useClient } from "@/realtime/react";
import { toast } from "@/widgets/toast";
import { commandWord } from "@/widgets/words";
import { useOverlays } from "./useOverlays";

/** Watches for as long as it is shown. */
export function useOutboxNotices(): void {
  const client = useClient();
  const { show } = useOverlays();
  useEffect(() => {
    const told = new Set<string>();
    const look = (entries: readonly Entry[]) => {
      const fresh = entries.filter(({ op_id, state }) => (state === "refused" || state === "old") && !told.has(op_id));
      for (const { op_id } of fresh) told.add(op_id);
      const action = { label: "Look", onClick: () => show("outbox") };
      for (const entry of fresh.filter(({ state }) => state === "refused"))
        toast({ type: "error", title: `Not done: ${nameOf(entry)}`, message: entry.refusal?.message, action });
      const old = fresh.filter(({ state }) => state === "old").length;
      if (old > 0)
        toast({ type: "warning", title: `${old} from long ago not sent`, message: "Send or drop them.", action });
    };
    look(client.outbox.entries.getState());
    return client.outbox.entries.subscribe(look);
  }, [client, show]);
}

const nameOf = (entry: Entry): string => entry.label ?? commandWord(entry.command);
