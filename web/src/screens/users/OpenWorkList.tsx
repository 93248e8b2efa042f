// Open calls and repairs of somebody, a line each with its link.
import { Anchor, Text } from "@mantine/core";
import { Link } from "react-router";
import type { Plural } from "@/realtime/schema";
import { numberOf } from "@/widgets/RecordNumber";
import { StatusBadge } from "@/widgets/StatusBadge";
import classes from "./OpenWorkList.module.css";
import { loadOf, type OpenWork } from "./openWork";

interface OpenWorkListProps {
  work: OpenWork;
  /** How many lines at most; the rest is counted. */
  most: number;
}

/** The lines, calls before repairs. */
export function OpenWorkList({ work, most }: OpenWorkListProps) {
  const lines = [
    ...work.calls.map((call) => ({ plural: "calls" as const, record: call, title: call.title })),
    ...work.services.map((service) => ({
      plural: "services" as const,
      record: service,
      title: [service.device_type, service.brand, service.model].filter(Boolean).join(" "),
    })),
  ];
  const hidden = loadOf(work) - most;
  return (
    <div>
      <ul className={classes.list}>
        {lines.slice(0, most).map(({ plural, record, title }) => (
          <li key={record.id} className={classes.line}>
            <Anchor component={Link} to={addressOf(plural, record.number)} className={classes.number}>
              {numberOf(plural, record)}
            </Anchor>
            <span className={classes.title}>
              <bdi>{title}</bdi>
            </span>
            <StatusBadge plural={plural} status={record.status} />
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <Text size="xs" c="dimmed" mt={4}>
          and {hidden} more
        </Text>
      )}
    </div>
  );
}

const addressOf = (plural: Plural, number: number): string => `/${plural}/${number}`;
