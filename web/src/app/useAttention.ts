// Draws my attention, and only to what concerns me (U1): a toast, a tone and a notification of the desktop as I want them,
// and the count of what I have not seen while the board is out of sight. What comes together is told together.
import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import { useClient } from "@/realtime/react";
import { toast } from "@/widgets/toast";
import { type Concern, watchConcerns } from "./concerns";
import { tellOf } from "./concernWords";
import { showOnDesktop } from "./desktop";
import { usePreferences } from "./preferences";
import { playTone } from "./tone";
import { useUnseenCount } from "./unseen";

const TOGETHER_MS = 250;

/** Watches for as long as it is shown. */
export function useAttention(): void {
  const client = useClient();
  const navigate = useNewest(useNavigate());
  const unseen = useUnseenCount();
  useEffect(() => {
    const nameOf = (id: string) => {
      const { users, former } = client.records.getState();
      return users.get(id)?.display_name ?? former.get(id) ?? "somebody else";
    };
    const tell = (group: [Concern, ...Concern[]]) => {
      const told = tellOf(group, nameOf);
      const { sound, desktop } = usePreferences.getState();
      const { title, message, address } = told;
      const go = () => void (address !== null && navigate.current(address));
      const action = address === null ? {} : { action: { label: "Open", onClick: go } };
      toast({ type: "info", title, message, ...action });
      if (document.hidden) unseen.setState((before) => before + group.length, true);
      if (group[0].kind !== "assigned") return;
      if (sound) playTone();
      if (desktop && document.hidden) showOnDesktop(told, go);
    };
    const groups = gather(tell);
    const off = watchConcerns(client, client.me.user.id, (concern) => {
      const { notices } = usePreferences.getState();
      if (concern.kind === "role" || notices[concern.kind]) groups.add(concern);
    });
    return () => {
      off();
      groups.stop();
    };
  }, [client, navigate, unseen]);
}

/** Hands on, a moment later and together, what one person did of one kind. */
function gather(tell: (group: [Concern, ...Concern[]]) => void) {
  let waiting = new Map<string, [Concern, ...Concern[]]>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    const groups = waiting;
    waiting = new Map();
    timer = undefined;
    for (const group of groups.values()) tell(group);
  };
  const add = (concern: Concern) => {
    const key = `${concern.kind} ${"plural" in concern ? concern.plural : ""} ${concern.meta.actor.id}`;
    const group = waiting.get(key);
    if (group === undefined) waiting.set(key, [concern]);
    else group.push(concern);
    timer ??= setTimeout(flush, TOGETHER_MS);
  };
  return { add, stop: () => clearTimeout(timer) };
}

/** What was rendered last, for what outlives a rendering. */
function useNewest<T>(value: T) {
  const newest = useRef(value);
  useEffect(() => {
    newest.current = value;
  });
  return newest;
}
