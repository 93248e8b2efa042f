// Signing out by hand (S1): what has not been sent yet is asked about first (L4).
import { useCallback } from "react";
import { useClient } from "@/realtime/react";
import { toast } from "@/widgets/toast";
import { useSession } from "./session";
import { useOverlays } from "./useOverlays";

/** Signs out, or asks before. */
export function useLeave(): () => void {
  const { signOut } = useSession();
  const { show } = useOverlays();
  const { outbox } = useClient();
  return useCallback(() => {
    if (outbox.entries.getState().length > 0) show("leaving");
    else signOut().catch((failure: Error) => toast({ type: "error", message: failure.message }));
  }, [signOut, show, outbox]);
}
