// A repair as a card (V3): number and age, what it is, whose, its fault, category, the day it was promised for, who works on it.
import { ActionIcon } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import clsx from "clsx";
import { type MouseEvent, memo, useEffect, useRef } from "react";
import { Link } from "react-router";
import { usePending } from "@/realtime/react";
import type { Service } from "@/realtime/schema";
import { LookerMarks } from "@/screens/calls/LookerMarks";
import type { Looker } from "@/screens/calls/whoIsLooking";
import { Age } from "@/widgets/Age";
import { CategoryChip } from "@/widgets/CategoryChip";
import { Due } from "@/widgets/Due";
import { Glow } from "@/widgets/Glow";
import { Person } from "@/widgets/Person";
import { numberOf, RecordNumber } from "@/widgets/RecordNumber";
import { statusWord } from "@/widgets/words";
import { isAtWork } from "../stages";
import { spotBelow, useHands } from "./hands";
import styles from "./ServiceCard.module.css";

export interface ServiceCardProps {
  service: Service;
  /** It is the card in the tab order. */
  reachable: boolean;
  /** It has left the column and keeps its place until nobody is in it (V4). */
  ghost?: boolean;
  /** Its drawer is open. */
  chosen?: boolean;
  lookers?: readonly Looker[];
}

const NOBODY: readonly Looker[] = [];

/** One card. */
export const ServiceCard = memo(function ServiceCard(props: ServiceCardProps) {
  const { service, reachable, ghost, chosen, lookers = NOBODY } = props;
  const hands = useHands();
  const pending = usePending(service.id);
  const link = useCardFocus(service.id);
  const menuAt = (event: MouseEvent<HTMLElement>) => {
    event.preventDefault();
    hands.menu(
      service.id,
      event.type === "click" ? spotBelow(event.currentTarget) : { left: event.clientX, top: event.clientY },
    );
  };
  const device = deviceOf(service);
  return (
    <Glow plural="services" id={service.id} className={styles.glow}>
      <article
        className={clsx(styles.card, ghost && styles.ghost, chosen && styles.chosen)}
        data-pending={pending || undefined}
        onContextMenu={menuAt}
      >
        <div className={styles.line}>
          <RecordNumber plural="services" record={service} />
          {pending && <span className={styles.pending}>sending</span>}
          <Age at={service.received_at} className={styles.age} />
          {isAtWork(service.status) && <Due at={service.promised_on} brief className={styles.due} />}
        </div>
        <Link
          ref={link}
          to={hands.to(service)}
          className={styles.title}
          tabIndex={reachable ? 0 : -1}
          draggable={false}
          dir="auto"
          onFocus={() => hands.stand(service.id)}
          aria-label={`${numberOf("services", service)}, ${device}, ${service.customer_name}`}
          {...(chosen ? { "aria-current": true } : {})}
        >
          {device}
        </Link>
        <p className={styles.fault} dir="auto">
          {service.reported_fault}
        </p>
        <p className={styles.customer} dir="auto">
          {service.customer_name}
        </p>
        <div className={styles.foot}>
          {ghost && <span>Now {statusWord("services", service.status).toLowerCase()}</span>}
          <CategoryChip plural="service_categories" id={service.category_id} className={styles.category} />
          <span className={styles.person}>
            <LookerMarks lookers={lookers} />
            <Person id={service.technician_id} name={false} size="xs" nobody="Nobody yet" />
          </span>
        </div>
        <ActionIcon
          className={styles.menu}
          variant="subtle"
          color="gray"
          size={24}
          tabIndex={-1}
          aria-label={`More for ${numberOf("services", service)}`}
          aria-haspopup="menu"
          onClick={menuAt}
        >
          <IconDots size={16} stroke={1.75} aria-hidden />
        </ActionIcon>
      </article>
    </Glow>
  );
});

/** What was handed in, in a line. A type that already names its brand does not say it twice. */
export function deviceOf({ device_type, brand, model }: Pick<Service, "device_type" | "brand" | "model">): string {
  const said = device_type.toLocaleLowerCase();
  const more = [brand, model].filter(
    (word) => word !== null && word !== "Unknown" && !said.includes(word.toLocaleLowerCase()),
  );
  return [device_type, more.join(" ")].filter(Boolean).join(" · ");
}

/** Takes the focus that was sent to this card, and says when the card goes away with it. */
export function useCardFocus(id: string) {
  const { takesFocus, lostFocus } = useHands();
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (takesFocus(id)) link.current?.focus();
  });
  useEffect(() => {
    const mine = link.current;
    return () => {
      if (mine !== null && document.activeElement === mine) lostFocus(id);
    };
  }, [id, lostFocus]);
  return link;
}
