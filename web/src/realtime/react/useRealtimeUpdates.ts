// Being told that anything changed at all (WEB L6), for what cannot say more exactly what it depends on.
import { useEffect, useRef, useState } from "react";
import type { Meta } from "@/realtime";
import { useClient } from "./RealtimeProvider";
import { useIsConnected } from "./useStatus";

/** How to be told. */
export interface RealtimeUpdatesOptions {
  /** False: hear nothing for now. */
  enabled?: boolean;
  /** Tell at most once in so many milliseconds, the newest change; without it every change is told. */
  pollInterval?: number;
  onUpdate?: (record: unknown, meta: Meta) => void;
}

/** Whether changes come in, and how many came since the component is there. */
export function useRealtimeUpdates({ enabled = true, pollInterval = 0, onUpdate }: RealtimeUpdatesOptions = {}) {
  const client = useClient();
  const isConnected = useIsConnected();
  const [updates, setUpdates] = useState(0);
  const newest = useRef(onUpdate);
  useEffect(() => {
    newest.current = onUpdate;
  });
  useEffect(() => {
    if (!enabled) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let latest: [unknown, Meta] | undefined;
    const tell = () => {
      timer = undefined;
      if (latest) newest.current?.(...latest);
    };
    const off = client.on("*", (record: unknown, meta: Meta) => {
      setUpdates((n) => n + 1);
      latest = [record, meta];
      if (pollInterval <= 0) tell();
      else timer ??= setTimeout(tell, pollInterval);
    });
    return () => {
      off();
      clearTimeout(timer);
    };
  }, [client, enabled, pollInterval]);
  return { isConnected: enabled && isConnected, updates };
}
