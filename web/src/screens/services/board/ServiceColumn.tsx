// A column of the board: its name and figure, and its cards, of which only those in sight are drawn (U4). What arrives while
// somebody is in it waits behind "3 new" (V4); while a card is dragged it says whether it takes it, or why not.
import { useDroppable } from "@dnd-kit/core";
import { UnstyledButton } from "@mantine/core";
import clsx from "clsx";
import { memo, useRef } from "react";
import type { Service } from "@/realtime/schema";
import type { Place } from "@/screens/calls/heldOrder";
import { type Goal, useCardWindow } from "@/screens/calls/useCardWindow";
import { useHeldOrder } from "@/screens/calls/useHeldOrder";
import { useSomebodyIn } from "@/screens/calls/useSomebodyIn";
import type { Lookers } from "@/screens/calls/whoIsLooking";
import { Counter } from "@/widgets/Counter";
import { StatusIcon } from "@/widgets/StatusBadge";
import { statusWord } from "@/widgets/words";
import type { Status } from "../stages";
import { DraggableCard } from "./DraggableCard";
import { ServiceCard } from "./ServiceCard";
import styles from "./ServiceColumn.module.css";

/** Whether a column takes what is dragged: the answer stands in it. */
export type Taking = { takes: true; words: string } | { takes: false; words: string } | null;

export interface ServiceColumnProps {
  status: Status;
  services: readonly Service[];
  mine: ReadonlySet<string>;
  /** The filter; another one shows everything at once. */
  shownBy: string;
  /** The card in the tab order, if it is in this column. */
  at: string | null;
  /** Where the keyboard was sent last: it is scrolled to. */
  goal: Goal | null;
  lookers: Lookers;
  chosen: string | null;
  taking: Taking;
  draggable: boolean;
  /** Without its head, where a switch above names it. */
  bare?: boolean;
}

/** The height of a card and the room below it. */
const CARD = 128;

/** One column. */
export const ServiceColumn = memo(function ServiceColumn(props: ServiceColumnProps) {
  const { status, services, mine, shownBy, at, goal, taking, bare = false } = props;
  const { setNodeRef, isOver } = useDroppable({ id: status, disabled: taking?.takes === false });
  const somebody = useSomebodyIn();
  const { places, waiting, release } = useHeldOrder(services, { ...somebody, mine }, shownBy);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useCardWindow({ places, scroller, cardHeight: CARD, current: at, goal });
  const toTop = () => {
    release();
    scroller.current?.scrollTo({ top: 0 });
  };
  const word = statusWord("services", status);
  return (
    <section
      ref={setNodeRef}
      className={clsx(styles.column, taking !== null && styles.asked, isOver && taking?.takes && styles.over)}
      data-refuses={taking?.takes === false || undefined}
      aria-label={`${word}, ${services.length}`}
    >
      {!bare && (
        <h2 className={styles.head}>
          <StatusIcon plural="services" status={status} />
          <span className={styles.word}>{word}</span>
          <Counter value={services.length} className={styles.count} />
        </h2>
      )}
      {taking !== null && <p className={styles.taking}>{taking.words}</p>}
      {waiting > 0 && (
        <UnstyledButton className={styles.waiting} onClick={toTop}>
          {waiting} new
        </UnstyledButton>
      )}
      <div ref={scroller} className={styles.scroller} {...somebody.handlers}>
        <div className={styles.cards} style={{ height: rows.height }}>
          {rows.items.map(({ index, start }) => {
            const place = places[index];
            return (
              place && (
                <div
                  key={place.item.id}
                  className={styles.row}
                  style={{ height: CARD, transform: `translateY(${start}px)` }}
                >
                  <CardAt place={place} {...props} />
                </div>
              )
            );
          })}
        </div>
        {places.length === 0 && taking === null && <p className={styles.none}>No repairs here</p>}
      </div>
    </section>
  );
});

function CardAt({ place, at, chosen, draggable, lookers }: { place: Place<Service> } & ServiceColumnProps) {
  const { item, ghost } = place;
  const looking = lookers.get(item.id);
  const card = { service: item, ghost, reachable: item.id === at, chosen: item.id === chosen };
  const seen = looking === undefined ? card : { ...card, lookers: looking };
  return draggable && !ghost ? <DraggableCard {...seen} /> : <ServiceCard {...seen} />;
}
