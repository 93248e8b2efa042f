// What a customer had done here: calls and repairs in one row, the newest first, each with its link.
import { Anchor } from "@mantine/core";
import { useCallback, useMemo, useState } from "react";
import { Link } from "react-router";
import { useRecords } from "@/realtime/react";
import { Age } from "@/widgets/Age";
import { numberOf } from "@/widgets/RecordNumber";
import { StatusBadge } from "@/widgets/StatusBadge";
import drawer from "../lists/Drawer.module.css";
import classes from "./CustomerHistory.module.css";
import { historyOf, isOpen, type Visit } from "./history";

const FEW = 6;

/** The section of the drawer. */
export function CustomerHistory({ customerId }: { customerId: string }) {
  const theirs = useCallback(
    (record: { customer_id: string | null }) => record.customer_id === customerId,
    [customerId],
  );
  const calls = useRecords("calls", theirs);
  const services = useRecords("services", theirs);
  const visits = useMemo(() => historyOf(customerId, calls, services), [customerId, calls, services]);
  const [all, setAll] = useState(false);
  return (
    <section className={drawer.section} aria-labelledby="history">
      <h2 id="history" className={drawer.heading}>
        <span>
          Calls and repairs <span className={drawer.count}>{visits.length}</span>
        </span>
        {visits.length > FEW && (
          <Anchor component="button" type="button" size="sm" onClick={() => setAll(!all)}>
            {all ? "Show fewer" : "Show all"}
          </Anchor>
        )}
      </h2>
      {visits.length === 0 && <p className={drawer.none}>Nothing yet.</p>}
      <ul className={classes.list}>
        {(all ? visits : visits.slice(0, FEW)).map((visit) => (
          <VisitLine key={visit.record.id} visit={visit} />
        ))}
      </ul>
    </section>
  );
}

function VisitLine({ visit }: { visit: Visit }) {
  const { kind, record, at } = visit;
  return (
    <li className={classes.line} data-open={isOpen(visit) || undefined}>
      <Anchor component={Link} to={`/${kind}/${record.number || record.id}`} className={classes.number}>
        {numberOf(kind, record)}
      </Anchor>
      <span className={classes.title}>
        <bdi>{titleOf(visit)}</bdi>
      </span>
      <StatusBadge plural={kind} status={record.status} />
      <Age at={at} className={classes.age} />
    </li>
  );
}

function titleOf(visit: Visit): string {
  if (visit.kind === "calls") return visit.record.title;
  const { device_type, brand, model } = visit.record;
  return [device_type, brand, model].filter(Boolean).join(" ");
}
