// What was fetched by page is fetched again when a live change touches it (WEB L6): an event makes `[plural]`,
// `[noun, id]` and `["search"]` stale. Changes that come together are handled together, once a frame.
import type { QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Meta } from "@/realtime";
import { nounOf } from "./eventNames";
import { useClient } from "./RealtimeProvider";

const FRAME_MS = 16;

/** Keeps the queries of this QueryClient fresh while the component is there. */
export function useQueryInvalidation(queryClient: Pick<QueryClient, "invalidateQueries">): void {
  const client = useClient();
  useEffect(() => {
    let stale = new Map<string, string[]>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const mark = (key: string[]) => stale.set(JSON.stringify(key), key);
    const sweep = () => {
      timer = undefined;
      const keys = [...stale.values()];
      stale = new Map();
      for (const queryKey of keys) void queryClient.invalidateQueries({ queryKey });
    };
    const off = client.on("*", (_record: unknown, meta: Meta) => {
      mark([meta.resource]);
      mark([nounOf(meta.resource), meta.id]);
      mark(["search"]);
      timer ??= setTimeout(sweep, FRAME_MS);
    });
    return () => {
      off();
      clearTimeout(timer);
    };
  }, [client, queryClient]);
}
