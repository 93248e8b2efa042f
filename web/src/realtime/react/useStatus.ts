// How the connection stands, live.
import { useCallback, useSyncExternalStore } from "react";
import type { Status } from "@/realtime";
import { useClient } from "./RealtimeProvider";

/** The status of the connection; renders again when it changes. */
export function useStatus(): Status {
  const client = useClient();
  const subscribe = useCallback((told: () => void) => client.onStatus(told), [client]);
  const status = useCallback(() => client.status(), [client]);
  return useSyncExternalStore(subscribe, status);
}

/** Whether changes come in by themselves now, over any door. */
export function useIsConnected(): boolean {
  const { state } = useStatus();
  return state === "live" || state === "polling";
}
