// Tells the others that I have my hands in a record: a hint beside it, never a bar (PROTOCOL 4, lock_record). Asked for
// again while it goes on, given back when it ends.
import { useEffect } from "react";
import type { Plural } from "@/realtime";
import { useClient } from "@/realtime/react";

const RENEW_MS = 15_000;

/** While `active`, the others see that I edit this record. */
export function useEditLease(plural: Plural, id: string | null | undefined, active: boolean): void {
  const { channels } = useClient();
  useEffect(() => {
    if (!id || !active) return;
    const ask = () => void channels.lock(plural, id);
    ask();
    const again = setInterval(ask, RENEW_MS);
    return () => {
      clearInterval(again);
      channels.unlock(plural, id);
    };
  }, [channels, plural, id, active]);
}
