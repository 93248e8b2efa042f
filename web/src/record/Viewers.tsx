// Who else looks at this record now, and who has hands in it (S2). Reading only: whoever opens a record joins its channel.
import { Tooltip } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useStore } from "zustand";
import { type Present, useClient, useMe, useViewers } from "@/realtime/react";
import { Person } from "@/widgets/Person";
import classes from "./Viewers.module.css";

const MOST = 4;

const editsBy = (state: unknown): boolean =>
  typeof state === "object" && state !== null && "mode" in state && state.mode === "editing";

/** The others at a record, small. */
export function Viewers({ channel }: { channel: string }) {
  const me = useMe();
  const { channels } = useClient();
  const editor = useStore(channels.locks, (locks) => locks.get(channel)?.holder.id);
  const others = useViewers(channel).filter((present) => present.user.id !== me.id);
  if (others.length === 0) return null;
  const isEditing = ({ user, state }: Present) => user.id === editor || editsBy(state);
  const doing = others.map((one) => `${one.user.name} ${isEditing(one) ? "is editing" : "is viewing"}`);
  return (
    <Tooltip label={doing.join(" · ")} multiline maw={280}>
      <div className={classes.viewers} role="img" aria-label={doing.join(", ")}>
        {others.slice(0, MOST).map((one) => (
          <span key={one.user.id} className={classes.one}>
            <Person id={one.user.id} name={false} />
            {isEditing(one) && <IconPencil size={12} stroke={2} aria-hidden className={classes.pencil} />}
          </span>
        ))}
        {others.length > MOST && <span className={classes.more}>+{others.length - MOST}</span>}
      </div>
    </Tooltip>
  );
}
