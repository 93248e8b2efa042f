// One column of the board: only the cards in sight are in the page (U4), nothing in it moves while somebody is in it
// (V4), and a call can be dropped on it.
import { useDroppable } from "@dnd-kit/core";
import { IconArrowUp } from "@tabler/icons-react";
import clsx from "clsx";
import { memo, useRef } from "react";
import type { Call } from "@/realtime/schema";
import { Counter } from "@/widgets/Counter";
import { CardSkeleton } from "@/widgets/Skeletons";
import { StatusIcon } from "@/widgets/StatusBadge";
import { statusWord } from "@/widgets/words";
import classes from "./BoardColumn.module.css";
import { CallCard } from "./CallCard";
import type { Status } from "./filters";
import { type Goal, useCardWindow } from "./useCardWindow";
import { useHeldOrder } from "./useHeldOrder";
import { useReportShown } from "./useShownGrid";
import { useSomebodyIn } from "./useSomebodyIn";
import type { Lookers } from "./whoIsLooking";

/** What every column of a board is drawn with. */
export interface ColumnLook {
  /** Until the records are there. */
  loaded: boolean;
  /** The height of a card's place in pixels. */
  cardHeight: number;
  /** Changes when a person looks at something else: then nothing is held back. */
  viewKey: string;
  ticked: ReadonlySet<string>;
  /** The one call in the tab order. */
  current: string | null;
  goal: Goal | null;
  /** The call whose drawer is open. */
  opened: string | null;
  lookers: Lookers;
  mine: ReadonlySet<string>;
}

/** What a drop on this column would do, while a call is being dragged. */
export type DropMark = "allowed" | "refused" | null;

export interface BoardColumnProps extends ColumnLook {
  status: Status;
  calls: readonly Call[];
  mark: DropMark;
}

const NO_LOOKERS: readonly never[] = [];
const SKELETONS = 4;

/** A column of calls. */
export const BoardColumn = memo(function BoardColumn(props: BoardColumnProps) {
  const { status, calls, loaded, mark } = props;
  const drop = useDroppable({ id: `column:${status}`, data: { status } });
  const word = statusWord("calls", status);
  return (
    <section
      ref={drop.setNodeRef}
      className={clsx(classes.column, drop.isOver && classes.over)}
      data-mark={mark ?? undefined}
      aria-label={word}
    >
      <h2 className={classes.head}>
        <StatusIcon plural="calls" status={status} />
        <span>{word}</span>
        {loaded && <Counter value={calls.length} className={classes.count} />}
      </h2>
      {loaded ? <ColumnCards {...props} /> : <ColumnSkeleton />}
    </section>
  );
});

function ColumnSkeleton() {
  return (
    <div className={classes.skeletons}>
      {Array.from({ length: SKELETONS }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have nothing but their place
        <CardSkeleton key={at} />
      ))}
    </div>
  );
}

function ColumnCards(props: BoardColumnProps) {
  const { status, calls, cardHeight, viewKey, mine, current, goal } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { held, scrolled, handlers } = useSomebodyIn();
  const { places, waiting, release } = useHeldOrder(calls, { held, scrolled, mine }, viewKey);
  const rows = useCardWindow({ places, scroller, cardHeight, current, goal });
  useReportShown(status, places);
  const showNew = () => {
    release();
    scroller.current?.scrollTo({ top: 0 });
  };
  return (
    <div className={classes.body}>
      {waiting > 0 && (
        <button type="button" className={classes.waiting} onClick={showNew}>
          <IconArrowUp size={14} stroke={1.75} aria-hidden />
          {waiting} new
        </button>
      )}
      <div ref={scroller} className={classes.scroller} tabIndex={-1} {...handlers}>
        {/* biome-ignore lint/a11y/useSemanticElements: the rows are placed by hand, list markup would draw them again */}
        <div role="list" className={classes.sheet} style={{ height: rows.height }}>
          {rows.items.map(({ index, start }) => {
            const place = places[index];
            if (place === undefined) return null;
            return (
              // biome-ignore lint/a11y/useSemanticElements: as above
              <div
                key={place.item.id}
                role="listitem"
                aria-setsize={places.length}
                aria-posinset={index + 1}
                className={classes.slot}
                style={{ height: cardHeight, top: start }}
              >
                <Slot {...props} call={place.item} ghost={place.ghost} />
              </div>
            );
          })}
        </div>
        {places.length === 0 && <p className={classes.empty}>No calls here</p>}
      </div>
    </div>
  );
}

function Slot({ call, ghost, ...look }: BoardColumnProps & { call: Call; ghost: boolean }) {
  return (
    <CallCard
      call={call}
      ghost={ghost}
      ticked={look.ticked.has(call.id)}
      current={look.current === call.id}
      goal={look.goal?.id === call.id ? look.goal : null}
      opened={look.opened === call.id}
      lookers={look.lookers.get(call.id) ?? NO_LOOKERS}
    />
  );
}
