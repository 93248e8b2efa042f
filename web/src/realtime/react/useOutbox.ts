// The commands that wait, or were refused after they had waited (WEB L4), live.
import { useStore } from "zustand";
import type { Entry } from "@/realtime";
import { useClient } from "./RealtimeProvider";

/** What stands in the outbox. */
export function useOutbox(): readonly Entry[] {
  return useStore(useClient().outbox.entries);
}
