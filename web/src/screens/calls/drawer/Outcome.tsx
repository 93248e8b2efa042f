// How a call came out, or what it waits for: the words given with its last step.
import { IconCircleCheck, IconCircleX, IconPlayerPause, IconRotate } from "@tabler/icons-react";
import type { Call } from "@/realtime/schema";
import { Age } from "@/widgets/Age";
import { reasonWord } from "@/widgets/words";
import classes from "./Outcome.module.css";

/** Resolution, or the reason of the status; nothing where there is neither. */
export function Outcome({ call }: { call: Call }) {
  const isDone = call.status === "completed" || call.status === "closed";
  if (isDone && call.resolution) {
    return (
      <Words icon={<IconCircleCheck size={18} stroke={1.75} />} tone="good" label="Resolution" at={call.completed_at}>
        {call.resolution}
      </Words>
    );
  }
  if (!call.status_reason) return null;
  const words = reasonWord(call.status_reason);
  if (call.status === "on_hold") {
    return (
      <Words icon={<IconPlayerPause size={18} stroke={1.75} />} tone="warning" label="On hold">
        {words}
      </Words>
    );
  }
  if (call.status === "cancelled") {
    return (
      <Words icon={<IconCircleX size={18} stroke={1.75} />} tone="quiet" label="Cancelled">
        {words}
      </Words>
    );
  }
  return (
    <Words
      icon={<IconRotate size={18} stroke={1.75} />}
      tone="quiet"
      label={call.reopened_count > 0 ? "Reopened" : "Given back"}
    >
      {words}
    </Words>
  );
}

interface WordsProps {
  icon: React.ReactNode;
  tone: "good" | "warning" | "quiet";
  label: string;
  at?: string | null;
  children: string;
}

function Words({ icon, tone, label, at = null, children }: WordsProps) {
  return (
    <div className={classes.outcome} data-tone={tone}>
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
      <div className={classes.words}>
        <span className={classes.label}>
          {label}
          {at && (
            <>
              {" · "}
              <Age at={at} ago />
            </>
          )}
        </span>
        <p className={classes.text} dir="auto">
          {children}
        </p>
      </div>
    </div>
  );
}
