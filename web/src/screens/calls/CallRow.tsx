// One call as a line of the list: what a card says, in columns. The title is the link that the keyboard stands on.
import { useDraggable } from "@dnd-kit/core";
import { IconDots } from "@tabler/icons-react";
import clsx from "clsx";
import { type KeyboardEventHandler, type MouseEventHandler, memo, type ReactNode } from "react";
import type { Call } from "@/realtime/schema";
import { Age } from "@/widgets/Age";
import { CategoryChip } from "@/widgets/CategoryChip";
import { Due } from "@/widgets/Due";
import { Glow } from "@/widgets/Glow";
import { Person } from "@/widgets/Person";
import { PriorityMark } from "@/widgets/PriorityMark";
import { numberOf, RecordNumber } from "@/widgets/RecordNumber";
import { StatusBadge } from "@/widgets/StatusBadge";
import { spotOfElement, useBoardHands } from "./boardHands";
import { type CallCardProps, PendingMark, WhereItWent } from "./CallCard";
import classes from "./CallList.module.css";
import { LookerMarks } from "./LookerMarks";
import { isOpen } from "./matching";
import { TitleLink } from "./TitleLink";
import { useCallClicks } from "./useCallClicks";

interface CallRowProps extends CallCardProps {
  index: number;
  top: number;
}

/** A call as a row. */
export const CallRow = memo(function CallRow({ index, top, ...card }: CallRowProps) {
  const { call, ghost, ticked, current, goal, opened, lookers } = card;
  const drag = useDraggable({ id: call.id, disabled: ghost });
  const clicks = useCallClicks(call.id);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table's rows cannot be placed by hand
    // biome-ignore lint/a11y/useFocusableInteractive: the link within takes the focus
    <div
      ref={drag.setNodeRef}
      role="row"
      aria-rowindex={index + 2}
      className={clsx(classes.place, ghost && classes.ghost, ticked && classes.ticked, opened && classes.opened)}
      style={{ top }}
      data-call={call.id}
      data-dragging={drag.isDragging || undefined}
      onMouseDown={drag.listeners?.onMouseDown as MouseEventHandler | undefined}
      {...clicks}
    >
      <Glow plural="calls" id={call.id} className={classes.row}>
        <TickCell call={call} ticked={ticked} current={current} />
        <Cell name="number">
          <RecordNumber plural="calls" record={call} />
          <PendingMark id={call.id} />
        </Cell>
        <Cell name="title">
          <TitleLink
            call={call}
            current={current}
            goal={goal}
            className={classes.title}
            activator={drag.setActivatorNodeRef}
            onKeyDown={drag.listeners?.onKeyDown as KeyboardEventHandler | undefined}
          />
          <LookerMarks lookers={lookers} />
        </Cell>
        <Cell name="customer">
          <span className={classes.cut} dir="auto">
            {call.customer_name}
          </span>
        </Cell>
        <Cell name="category">
          <CategoryChip plural="categories" id={call.category_id} />
        </Cell>
        <Cell name="priority">
          <PriorityMark priority={call.priority} word />
        </Cell>
        <Cell name="status">
          {ghost ? <WhereItWent call={call} /> : <StatusBadge plural="calls" status={call.status} />}
        </Cell>
        <Cell name="assignee">
          <Person id={call.assignee_id} size="xs" nobody="Nobody" />
        </Cell>
        <Cell name="due_at">{isOpen(call) && <Due at={call.due_at} />}</Cell>
        <Cell name="created_at">
          <Age at={call.created_at} />
          <RowMenu call={call} current={current} />
        </Cell>
      </Glow>
    </div>
  );
});

function Cell({ name, children }: { name: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table's rows cannot be placed by hand
    <span role="cell" className={classes.cell} data-column={name}>
      {children}
    </span>
  );
}

function TickCell({ call, ticked, current }: { call: Call; ticked: boolean; current: boolean }) {
  const hands = useBoardHands();
  return (
    <Cell name="tick">
      <input
        type="checkbox"
        className={classes.box}
        checked={ticked}
        tabIndex={current ? 0 : -1}
        aria-label={`Select ${numberOf("calls", call)}`}
        onChange={(event) => hands.tick(call.id, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)}
      />
    </Cell>
  );
}

function RowMenu({ call, current }: { call: Call; current: boolean }) {
  const hands = useBoardHands();
  return (
    <button
      type="button"
      className={classes.more}
      tabIndex={current ? 0 : -1}
      aria-label={`Actions for ${numberOf("calls", call)}`}
      aria-haspopup="menu"
      onClick={(event) => hands.menu(call.id, spotOfElement(event.currentTarget))}
    >
      <IconDots size={16} stroke={1.75} aria-hidden />
    </button>
  );
}
