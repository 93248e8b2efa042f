// Who is typing where (PROTOCOL 4): said at most every three seconds while keys are pressed; the server forgets it after
// six.
import { useCallback, useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import { useClient } from "./RealtimeProvider";

/** One who types, and in which field. */
export interface Typist {
  user: { id: string; name: string };
  field: string | null;
}

const NOBODY: readonly Typist[] = [];
const SAY_AGAIN_MS = 3000;

/** The others who type in this channel, and the means to say that I do. */
export function useTyping(channel: string | null | undefined) {
  const { channels, me } = useClient();
  const everybody = useStore(channels.typists, (all) => (channel ? (all.get(channel) ?? NOBODY) : NOBODY));
  const typists = useMemo(() => everybody.filter(({ user }) => user.id !== me.user.id), [everybody, me.user.id]);
  const said = useRef<{ field: string | null; at: number } | null>(null);

  const typing = useCallback(
    (field: string | null = null) => {
      if (!channel) return;
      const now = Date.now();
      if (said.current?.field === field && now - said.current.at < SAY_AGAIN_MS) return;
      said.current = { field, at: now };
      channels.typing(channel, field, true);
    },
    [channels, channel],
  );
  const stopped = useCallback(() => {
    if (!channel || said.current === null) return;
    const { field } = said.current;
    said.current = null;
    channels.typing(channel, field, false);
  }, [channels, channel]);
  useEffect(() => stopped, [stopped]);

  return { typists, typing, stopped };
}
