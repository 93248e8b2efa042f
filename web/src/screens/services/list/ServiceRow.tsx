// A repair as a row of the list.
import clsx from "clsx";
import { type MouseEvent, memo } from "react";
import { Link } from "react-router";
import { useGlow, usePending } from "@/realtime/react";
import type { Service } from "@/realtime/schema";
import { Age } from "@/widgets/Age";
import { Due } from "@/widgets/Due";
import { Person } from "@/widgets/Person";
import { numberOf } from "@/widgets/RecordNumber";
import { StatusBadge } from "@/widgets/StatusBadge";
import { useHands } from "../board/hands";
import { deviceOf, useCardFocus } from "../board/ServiceCard";
import { sayDay } from "../days";
import { isAtWork } from "../stages";
import { useToday } from "../useToday";
import styles from "./ServiceList.module.css";

interface ServiceRowProps {
  service: Service;
  /** Its place in the whole table, the head being 1. */
  index: number;
  reachable: boolean;
  ghost: boolean;
  chosen: boolean;
}

/** One row; the link in its first cell covers it. */
export const ServiceRow = memo(function ServiceRow({ service, index, reachable, ghost, chosen }: ServiceRowProps) {
  const hands = useHands();
  const link = useCardFocus(service.id);
  const pending = usePending(service.id);
  const glows = useGlow("services", service.id) !== null;
  const menuAt = (event: MouseEvent) => {
    event.preventDefault();
    hands.menu(service.id, { left: event.clientX, top: event.clientY });
  };
  return (
    <tr
      className={clsx(styles.row, ghost && styles.ghost, chosen && styles.chosen)}
      aria-rowindex={index}
      data-glow={glows || undefined}
      onContextMenu={menuAt}
    >
      <td className={styles.number}>
        <Link
          ref={link}
          to={hands.to(service)}
          className={styles.link}
          tabIndex={reachable ? 0 : -1}
          onFocus={() => hands.stand(service.id)}
          {...(chosen ? { "aria-current": true } : {})}
        >
          {pending && service.number === 0 ? "new" : numberOf("services", service)}
        </Link>
      </td>
      <td className={styles.device}>
        <span dir="auto">{deviceOf(service)}</span>{" "}
        <span className={styles.fault} dir="auto">
          {service.reported_fault}
        </span>
      </td>
      <td className={styles.customer} dir="auto">
        {service.customer_name}
      </td>
      <td className={styles.status}>
        <StatusBadge plural="services" status={service.status} />
      </td>
      <td className={styles.technician}>
        <Person id={service.technician_id} size="xs" nobody="Nobody" />
      </td>
      <td className={styles.promised}>
        <Promised service={service} />
      </td>
      <td className={styles.received}>
        <Age at={service.received_at} />
      </td>
    </tr>
  );
});

/** The day promised: with haste while the device is at work, a plain date afterwards. */
function Promised({ service: { promised_on: day, status } }: { service: Service }) {
  const today = useToday();
  if (day === null) return null;
  return isAtWork(status) ? <Due at={day} /> : <time dateTime={day}>{sayDay(day, today)}</time>;
}
