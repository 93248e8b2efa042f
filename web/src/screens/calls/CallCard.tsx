// One call on the board, in the order of V3: number and age, title, customer, category, priority, assignee, who is
// looking; overdue at a glance. The whole card opens the call; its title is the link that the keyboard stands on.
import { useDraggable } from "@dnd-kit/core";
import { IconCloudUp, IconDots } from "@tabler/icons-react";
import clsx from "clsx";
import { type KeyboardEventHandler, type MouseEventHandler, memo } from "react";
import { usePending, useRecord } from "@/realtime/react";
import type { Call } from "@/realtime/schema";
import { Age } from "@/widgets/Age";
import { CategoryChip } from "@/widgets/CategoryChip";
import { Due } from "@/widgets/Due";
import { Glow } from "@/widgets/Glow";
import { Person } from "@/widgets/Person";
import { PriorityMark } from "@/widgets/PriorityMark";
import { numberOf, RecordNumber } from "@/widgets/RecordNumber";
import { statusWord } from "@/widgets/words";
import { spotOfElement, useBoardHands } from "./boardHands";
import classes from "./CallCard.module.css";
import { LookerMarks } from "./LookerMarks";
import { isOpen } from "./matching";
import { TitleLink } from "./TitleLink";
import { useCallClicks } from "./useCallClicks";
import type { Goal } from "./useCardWindow";
import type { Looker } from "./whoIsLooking";

export interface CallCardProps {
  call: Call;
  /** It has left this column; its place is kept while somebody is in it (V4). */
  ghost: boolean;
  /** Ticked for a common action. */
  ticked: boolean;
  /** The one card in the tab order. */
  current: boolean;
  /** The keyboard was sent here: another object each time, so that the card notices. */
  goal: Goal | null;
  /** Its drawer is open. */
  opened: boolean;
  lookers: readonly Looker[];
}

/** A call as a card. */
export const CallCard = memo(function CallCard(props: CallCardProps) {
  const { call, ghost, ticked, opened } = props;
  const drag = useDraggable({ id: call.id, disabled: ghost });
  const clicks = useCallClicks(call.id);
  return (
    <article
      ref={drag.setNodeRef}
      className={classes.place}
      data-dragging={drag.isDragging || undefined}
      data-call={call.id}
      onMouseDown={drag.listeners?.onMouseDown as MouseEventHandler | undefined}
      {...clicks}
    >
      <Glow
        plural="calls"
        id={call.id}
        className={clsx(classes.card, ghost && classes.ghost, ticked && classes.ticked, opened && classes.opened)}
      >
        <CallFace {...props} activator={drag} />
      </Glow>
    </article>
  );
});

type Activator = Pick<ReturnType<typeof useDraggable>, "setActivatorNodeRef" | "listeners">;

function CallFace({
  call,
  ghost,
  ticked,
  current,
  goal,
  lookers,
  activator,
}: CallCardProps & { activator: Activator }) {
  return (
    <>
      <div className={classes.head} data-due={(isOpen(call) && call.due_at !== null) || undefined}>
        <RecordNumber plural="calls" record={call} />
        <PendingMark id={call.id} />
        <Age at={call.created_at} className={classes.age} />
        <span className={classes.end}>
          <CardTools call={call} ticked={ticked} current={current} />
          {isOpen(call) && <Due at={call.due_at} brief className={classes.due} />}
        </span>
      </div>
      <TitleLink
        call={call}
        current={current}
        goal={goal}
        className={classes.title}
        activator={activator.setActivatorNodeRef}
        onKeyDown={activator.listeners?.onKeyDown as KeyboardEventHandler | undefined}
      />
      <div className={classes.customer} dir="auto">
        {call.customer_name}
      </div>
      {ghost ? (
        <div className={classes.foot}>
          <WhereItWent call={call} />
        </div>
      ) : (
        <div className={classes.foot}>
          <CategoryChip plural="categories" id={call.category_id} className={classes.chip} />
          <PriorityMark priority={call.priority} />
          <span className={classes.people}>
            <LookerMarks lookers={lookers} />
            <Person id={call.assignee_id} size="xs" className={classes.assignee} name={false} nobody="Nobody yet" />
          </span>
        </div>
      )}
    </>
  );
}

/** Why the call is gone from this list, while its place is still kept. */
export function WhereItWent({ call }: { call: Call }) {
  const now = useRecord("calls", call.id);
  const moved = now && now.status !== call.status ? `Now ${statusWord("calls", now.status).toLowerCase()}` : "Changed";
  return <span>{now === undefined ? "Deleted" : moved}</span>;
}

/** Quietly says that the server has not confirmed a change yet (L4). */
export function PendingMark({ id }: { id: string }) {
  if (!usePending(id)) return null;
  return <IconCloudUp size={14} stroke={1.75} className={classes.pending} role="img" aria-label="Not sent yet" />;
}

/** The box that ticks and the button of the menu; a plain box, because hundreds of them come and go while scrolling. */
function CardTools({ call, ticked, current }: { call: Call; ticked: boolean; current: boolean }) {
  const hands = useBoardHands();
  const name = numberOf("calls", call);
  return (
    <span className={classes.tools}>
      <input
        type="checkbox"
        className={classes.box}
        checked={ticked}
        tabIndex={current ? 0 : -1}
        aria-label={`Select ${name}`}
        onChange={(event) => hands.tick(call.id, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)}
      />
      <button
        type="button"
        className={classes.more}
        tabIndex={current ? 0 : -1}
        aria-label={`Actions for ${name}`}
        aria-haspopup="menu"
        onClick={(event) => hands.menu(call.id, spotOfElement(event.currentTarget))}
      >
        <IconDots size={16} stroke={1.75} aria-hidden />
      </button>
    </span>
  );
}
