// The first line of a repair: number, where it stands, how long it is here, and the day it was promised for.
import { usePending } from "@/realtime/react";
import type { Service } from "@/realtime/schema";
import classes from "@/record/Drawer.module.css";
import { Age } from "@/widgets/Age";
import { Due } from "@/widgets/Due";
import { RecordNumber } from "@/widgets/RecordNumber";
import { StatusBadge } from "@/widgets/StatusBadge";
import { isAtWork } from "../stages";

/** What marks a repair. */
export function ServiceMarks({ service }: { service: Service }) {
  const pending = usePending(service.id);
  return (
    <>
      <RecordNumber plural="services" record={service} className={classes.number} />
      <StatusBadge plural="services" status={service.status} />
      <span className={classes.quiet}>
        <Age at={service.received_at} ago focusable />
      </span>
      {isAtWork(service.status) && <Due at={service.promised_on} />}
      {pending && <span className={classes.quiet}>sending…</span>}
    </>
  );
}
