// Who is there: in the team, or at a record (PROTOCOL 4).
import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import type { Present } from "@/realtime";
import { useClient } from "./RealtimeProvider";
import { useIsConnected } from "./useStatus";

const NOBODY: readonly Present[] = [];

const NO_STATE = "";
/** No state is none, not an empty one: somebody else on this page may have set one for the same channel. */
const stateOf = (wire: string): unknown => (wire === NO_STATE ? undefined : JSON.parse(wire));

/** Who is in the channel, without joining it. */
export function useViewers(channel: string | null | undefined): readonly Present[] {
  const { channels } = useClient();
  return useStore(channels.presence, (all) => (channel ? (all.get(channel) ?? NOBODY) : NOBODY));
}

/**
 * I am in the channel, in this state, for as long as the component is there. Without a channel or a person (nobody
 * signed in, no record open) nothing is joined.
 */
export function usePresence(channel: string | null | undefined, userId: string | null | undefined, state?: unknown) {
  const { channels } = useClient();
  const isConnected = useIsConnected();
  const wire = state === undefined ? NO_STATE : JSON.stringify(state);
  const told = useRef(wire);
  useEffect(() => {
    if (!channel || !userId) return;
    return channels.join(channel, stateOf(told.current));
  }, [channels, channel, userId]);
  useEffect(() => {
    if (told.current === wire) return;
    told.current = wire;
    if (channel && userId) channels.setState(channel, stateOf(wire));
  }, [channels, channel, userId, wire]);
  return { onlineUsers: useViewers(channel), isConnected };
}
