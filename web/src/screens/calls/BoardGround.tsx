// The board, the team beside it, and what opens over them. Everything that can be carried stands on one ground, from the
// columns to the people (S2).
import { type ReactNode, useMemo } from "react";
import { useStore } from "zustand";
import { usePreferences } from "@/app/preferences";
import { useNarrow } from "@/app/useNarrow";
import { useClient, useLoaded } from "@/realtime/react";
import type { Call } from "@/realtime/schema";
import { Board } from "./Board";
import type { ColumnLook } from "./BoardColumn";
import { BoardOverlays } from "./BoardOverlays";
import { BoardHandsContext, cardOf, spotOfElement } from "./boardHands";
import { CallList, LIST } from "./CallList";
import classes from "./Calls.module.css";
import { DragGround, useCarried } from "./DragGround";
import type { Move } from "./moves";
import { NothingShown } from "./NothingShown";
import { type BoardState, useBoard } from "./useBoard";
import { useCallKeys } from "./useCallKeys";
import type { CallsAddress } from "./useCallsAddress";
import type { CallsShown } from "./useCallsShown";
import { useLookers } from "./useLookers";

const HEIGHTS = { comfortable: 128, compact: 108 } as const;

export interface BoardGroundProps {
  address: CallsAddress;
  shown: CallsShown;
  /** The id of the call in the drawer. */
  opened: string | null;
  /** There is no call at all. */
  empty: boolean;
  rail: ReactNode;
}

/** The board with everything around it but the head. */
export function BoardGround({ address, shown, opened, empty, rail }: BoardGroundProps) {
  const { layout, sort, setSort } = address;
  const lists = useMemo(
    () => (layout === "list" ? [LIST] : shown.columns.map(({ status }) => status)),
    [layout, shown.columns],
  );
  const board = useBoard(shown, lists);
  const look = useLook(board, shown, opened);
  const countWith = (id: string) => board.withTicked(id).length;
  const onDrop = (call: Call, move: Move) => board.moves.move(board.withTicked(call.id), call, move);
  return (
    <BoardHandsContext value={board.hands}>
      <DragGround countWith={countWith} onDrop={onDrop}>
        <KeyGround board={board} rail={rail !== null}>
          <div className={classes.middle}>
            {look.loaded && shown.calls.length === 0 ? (
              <NothingShown address={address} empty={empty} />
            ) : layout === "list" ? (
              <CallList calls={shown.calls} look={look} sort={sort} onSort={setSort} />
            ) : (
              <Board columns={shown.columns} look={look} />
            )}
          </div>
          {rail !== null && <aside className={classes.rail}>{rail}</aside>}
        </KeyGround>
      </DragGround>
      <BoardOverlays board={board} calls={shown.calls} />
    </BoardHandsContext>
  );
}

/** A phone has short cards: their titles are wide enough for one line. */
function useDensity(): keyof typeof HEIGHTS {
  const chosen = usePreferences((now) => now.density);
  return useNarrow() ? "compact" : chosen;
}

function useLook(board: BoardState, shown: CallsShown, opened: string | null): ColumnLook {
  const client = useClient();
  const density = useDensity();
  return {
    loaded: useLoaded(),
    cardHeight: HEIGHTS[density],
    viewKey: shown.viewKey,
    ticked: board.ticked,
    current: board.roving.at,
    goal: board.roving.goal,
    opened,
    lookers: useLookers(),
    mine: useStore(client.records, (held) => held.pending),
  };
}

/** The keys work on the whole ground, and rest while a call is carried or something is open over it. */
function KeyGround({ board, rail, children }: { board: BoardState; rail: boolean; children: ReactNode }) {
  const { hands, roving, ticked } = board;
  const density = useDensity();
  const carried = useCarried().call !== null;
  const onKeyDown = useCallKeys({
    roving,
    enabled: !carried && !board.covered,
    hasTicked: ticked.size > 0,
    onOpen: hands.open,
    onTick: (id) => hands.tick(id, false),
    onAssign: (id) => board.setAssigning(ticked.size > 0 ? [...ticked] : [id]),
    onMenu: (id) => {
      const card = cardOf(id, document);
      if (card !== undefined) hands.menu(id, spotOfElement(card));
    },
    onClear: board.clearTicked,
  });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens for the arrows of the cards within
    <div
      className={classes.ground}
      data-density={density}
      data-rail={rail || undefined}
      data-ground
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  );
}
