// Where a record stands: an icon and the word, so that colour is never the only sign (WEB V1).
import {
  IconCalendarClock,
  IconCheck,
  IconCircle,
  IconCircleDashed,
  IconCircleHalf2,
  IconCircleX,
  IconInbox,
  IconLock,
  IconMessageQuestion,
  IconPackage,
  IconPackageExport,
  IconPlayerPause,
  IconStethoscope,
  IconTool,
} from "@tabler/icons-react";
import clsx from "clsx";
import classes from "./StatusBadge.module.css";
import { statusWord } from "./words";

type Look = { icon: typeof IconCircle; tone: "quiet" | "accent" | "warning" | "good" | "text" };

const CALL_LOOKS: Record<string, Look> = {
  new: { icon: IconCircleDashed, tone: "text" },
  assigned: { icon: IconCircle, tone: "accent" },
  in_progress: { icon: IconCircleHalf2, tone: "accent" },
  on_hold: { icon: IconPlayerPause, tone: "warning" },
  completed: { icon: IconCheck, tone: "good" },
  closed: { icon: IconLock, tone: "quiet" },
  cancelled: { icon: IconCircleX, tone: "quiet" },
};

const SERVICE_LOOKS: Record<string, Look> = {
  received: { icon: IconInbox, tone: "text" },
  diagnosing: { icon: IconStethoscope, tone: "accent" },
  awaiting_approval: { icon: IconMessageQuestion, tone: "warning" },
  awaiting_parts: { icon: IconPackage, tone: "warning" },
  in_repair: { icon: IconTool, tone: "accent" },
  completed: { icon: IconCheck, tone: "good" },
  delivered: { icon: IconPackageExport, tone: "quiet" },
  cancelled: { icon: IconCircleX, tone: "quiet" },
};

const UNKNOWN: Look = { icon: IconCalendarClock, tone: "quiet" };
const lookOf = (plural: string, status: string) =>
  (plural === "services" ? SERVICE_LOOKS : CALL_LOOKS)[status] ?? UNKNOWN;

export interface StatusBadgeProps {
  plural: "calls" | "services";
  status: string;
  className?: string | undefined;
}

/** The status as icon and word. */
export function StatusBadge({ plural, status, className }: StatusBadgeProps) {
  return (
    <span className={clsx(classes.badge, className)} data-tone={lookOf(plural, status).tone}>
      <StatusIcon plural={plural} status={status} />
      {statusWord(plural, status)}
    </span>
  );
}

/** The icon alone, where the word stands elsewhere. */
export function StatusIcon({ plural, status, className }: StatusBadgeProps) {
  const { icon: Icon, tone } = lookOf(plural, status);
  return <Icon size={14} stroke={1.75} className={clsx(classes.icon, className)} data-tone={tone} aria-hidden="true" />;
}
