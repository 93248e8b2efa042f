// The state of the board around its cards: where the keyboard stands, what is ticked, which menu or dialog is open, what
// a common action has come to. The cards get at it through their hands, which never change (U4).
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { useClient } from "@/realtime/react";
import type { BoardHands, Spot } from "./boardHands";
import { callPath } from "./callPath";
import { type Bulk, useBulk } from "./useBulk";
import { type CallMoves, useCallMoves } from "./useCallMoves";
import type { CallsShown } from "./useCallsShown";
import { type Roving, useRoving } from "./useRoving";
import { useSelection } from "./useSelection";
import { useShownGrid } from "./useShownGrid";

/** The board's state and hands. */
export interface BoardState {
  hands: BoardHands;
  roving: Roving;
  ticked: ReadonlySet<string>;
  clearTicked(): void;
  /** This call, or all that are ticked where it is one of them. */
  withTicked(id: string): readonly string[];
  bulk: Bulk;
  moves: CallMoves;
  menu: { id: string; at: Spot } | null;
  closeMenu(): void;
  /** Something is open over the board. */
  covered: boolean;
  /** The calls to be assigned, while it is asked to whom. */
  assigning: readonly string[] | null;
  setAssigning(ids: readonly string[] | null): void;
}

function useOpen() {
  const client = useClient();
  const navigate = useNavigate();
  const { search } = useLocation();
  return useCallback(
    (id: string) => {
      const call = client.records.getState().calls.get(id);
      if (call !== undefined) void navigate({ pathname: callPath(call), search });
    },
    [client, navigate, search],
  );
}

/** When what was open over the board closes and leaves the focus nowhere, it goes back to where the keyboard stood. */
function useFocusBack(covered: boolean, send: () => void) {
  const was = useRef(covered);
  useEffect(() => {
    const uncovered = was.current && !covered;
    was.current = covered;
    if (uncovered && document.activeElement === document.body) send();
  }, [covered, send]);
}

/** The state for a board that shows these lists. */
export function useBoard(shown: CallsShown, lists: readonly string[]): BoardState {
  const { grid, shows } = useShownGrid(lists);
  const roving = useRoving(grid);
  const { ids, tick, clear } = useSelection(shown.calls, grid);
  const bulk = useBulk();
  const moves = useCallMoves(bulk);
  const open = useOpen();
  const [menu, setMenu] = useState<BoardState["menu"]>(null);
  const [assigning, setAssigning] = useState<readonly string[] | null>(null);
  const { stand, takesFocus, lostFocus } = roving;
  const openMenu = useCallback(
    (id: string, at: Spot) => {
      stand(id);
      setMenu({ id, at });
    },
    [stand],
  );
  const hands: BoardHands = useMemo(
    () => ({ open, tick, menu: openMenu, stand, takesFocus, lostFocus, shows }),
    [open, tick, openMenu, stand, takesFocus, lostFocus, shows],
  );
  const covered = menu !== null || assigning !== null || moves.dialog !== null;
  useFocusBack(covered, roving.send);
  const closeMenu = useCallback(() => setMenu(null), []);
  const withTicked = (id: string) => (ids.has(id) ? [...ids] : [id]);
  return {
    hands,
    roving,
    ticked: ids,
    clearTicked: clear,
    withTicked,
    bulk,
    moves,
    menu,
    closeMenu,
    covered,
    assigning,
    setAssigning,
  };
}
