// Where a repair hangs together with others: the call it came from, the repair it is a rework of, its own reworks, and the
// code its customer follows it by.
import { useCallback } from "react";
import { Link, useLocation } from "react-router";
import { useRecord, useRecords } from "@/realtime/react";
import type { Service } from "@/realtime/schema";
import classes from "@/record/Drawer.module.css";
import { Line } from "@/record/Line";
import { sayCode } from "@/screens/track/code";
import { numberOf } from "@/widgets/RecordNumber";
import { StatusBadge } from "@/widgets/StatusBadge";

/** The lines of links. */
export function LinkLines({ service }: { service: Service }) {
  const call = useRecord("calls", service.call_id);
  const before = useRecord("services", service.rework_of);
  const isRework = useCallback((other: Service) => other.rework_of === service.id, [service.id]);
  const reworks = useRecords("services", isRework);
  return (
    <div className={classes.group}>
      {call && (
        <Line label="From call">
          <Link className={classes.link} to={`/calls/${call.number || call.id}`}>
            {numberOf("calls", call)}
          </Link>
          <StatusBadge plural="calls" status={call.status} />
        </Line>
      )}
      {before && (
        <Line label="Rework of">
          <RepairLink service={before} />
        </Line>
      )}
      {reworks.map((rework) => (
        <Line key={rework.id} label="Came back as">
          <RepairLink service={rework} />
        </Line>
      ))}
      <Line label="Tracking code">
        <a className={classes.link} href={`/track/${service.tracking_code}`} target="_blank" rel="noreferrer">
          {sayCode(service.tracking_code)}
        </a>
      </Line>
    </div>
  );
}

function RepairLink({ service }: { service: Service }) {
  const { search } = useLocation();
  return (
    <>
      <Link className={classes.link} to={{ pathname: `/services/${service.number || service.id}`, search }}>
        {numberOf("services", service)}
      </Link>
      <StatusBadge plural="services" status={service.status} />
    </>
  );
}
