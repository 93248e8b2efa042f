// The board itself: the columns side by side, or on a phone one at a time behind a switch (V2).
import { SegmentedControl } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useNarrow } from "@/app/useNarrow";
import { statusWord } from "@/widgets/words";
import classes from "./Board.module.css";
import { BoardColumn, type ColumnLook } from "./BoardColumn";
import { cardOf } from "./boardHands";
import { useCarried } from "./DragGround";
import type { Status } from "./filters";
import type { Column } from "./grouping";

export interface BoardProps {
  columns: readonly Column[];
  look: ColumnLook;
}

/** The columns. */
export function Board({ columns, look }: BoardProps) {
  const narrow = useNarrow();
  return narrow ? <OneColumn columns={columns} look={look} /> : <AllColumns columns={columns} look={look} />;
}

function AllColumns({ columns, look }: BoardProps) {
  const { onColumn } = useCarried();
  const board = useOpenedInSight(look.opened);
  return (
    <div ref={board} className={classes.board} data-board>
      {columns.map(({ status, calls }) => {
        const mark = onColumn(status)?.mark ?? null;
        return (
          <BoardColumn key={status} status={status} calls={calls} mark={mark === "nothing" ? null : mark} {...look} />
        );
      })}
    </div>
  );
}

/** The drawer takes room from the board: the call that is open in it is scrolled back into sight. */
function useOpenedInSight(opened: string | null) {
  const board = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = board.current;
    if (element === null || opened === null) return;
    const show = () => cardOf(opened, element)?.scrollIntoView({ inline: "nearest", block: "nearest" });
    const resized = new ResizeObserver(show);
    resized.observe(element);
    return () => resized.disconnect();
  }, [opened]);
  return board;
}

function OneColumn({ columns, look }: BoardProps) {
  const [chosen, setChosen] = useState<Status | null>(null);
  const column = columns.find(({ status }) => status === chosen) ?? columns[0];
  if (column === undefined) return null;
  return (
    <div className={classes.single}>
      <div className={classes.switch}>
        <SegmentedControl
          size="xs"
          aria-label="Status"
          value={column.status}
          onChange={(status) => setChosen(columns.find((one) => one.status === status)?.status ?? null)}
          data={columns.map(({ status, calls }) => ({
            value: status,
            label: look.loaded ? `${statusWord("calls", status)} ${calls.length}` : statusWord("calls", status),
          }))}
        />
      </div>
      <BoardColumn key={column.status} status={column.status} calls={column.calls} mark={null} {...look} />
    </div>
  );
}
