// What the board knows beside the records themselves: who I am, whether anything is there yet, what is not confirmed.
import { useStore } from "zustand";
import type { User } from "@/realtime";
import { useClient } from "./RealtimeProvider";

/** Me, live: a change of my role or availability shows at once. */
export function useMe(): User {
  const client = useClient();
  return useStore(client.records, (held) => held.users.get(client.me.user.id) ?? client.me.user);
}

/** Whether the records are there; until then skeletons are shown. */
export function useLoaded(): boolean {
  return useStore(useClient().records, (held) => held.loaded);
}

/** Whether the record shows a change that the server has not confirmed yet. */
export function usePending(id: string | null | undefined): boolean {
  return useStore(useClient().records, (held) => (id ? held.pending.has(id) : false));
}
