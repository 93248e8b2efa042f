// The first line of a call: its number, where it stands, how urgent it is, and its age.
import { Loader, Tooltip } from "@mantine/core";
import { usePending } from "@/realtime/react";
import type { Call } from "@/realtime/schema";
import classes from "@/record/Drawer.module.css";
import { Age } from "@/widgets/Age";
import { Due } from "@/widgets/Due";
import { PriorityMark } from "@/widgets/PriorityMark";
import { RecordNumber } from "@/widgets/RecordNumber";
import { StatusBadge } from "@/widgets/StatusBadge";

const DONE: ReadonlySet<Call["status"]> = new Set(["completed", "closed", "cancelled"]);

/** What marks a call at a glance. */
export function CallMarks({ call }: { call: Call }) {
  const pending = usePending(call.id);
  return (
    <>
      <RecordNumber plural="calls" record={call} className={classes.number} />
      <StatusBadge plural="calls" status={call.status} />
      {call.priority !== "normal" && <PriorityMark priority={call.priority} word />}
      {!DONE.has(call.status) && <Due at={call.due_at} />}
      <Age at={call.created_at} ago className={classes.quiet} />
      {pending && (
        <Tooltip label="Not confirmed by the server yet">
          <Loader size={12} type="dots" color="gray" aria-label="Being sent" />
        </Tooltip>
      )}
    </>
  );
}
