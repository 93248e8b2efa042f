// The keyboard's place on the board (U2): one card is in the tab order, the arrows and j/k move it, and the focus goes
// with a call that changes its column, or to its neighbour when it leaves the board.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Grid, nearest, type Spot, type Step, spotOf, stepped } from "./roving";
import type { Goal } from "./useCardWindow";

/** The place of the keyboard. */
export interface Roving {
  /** The id in the tab order. */
  at: string | null;
  /** Where it was sent last: to be brought into sight. */
  goal: Goal | null;
  step(step: Step): void;
  stand(id: string): void;
  takesFocus(id: string): boolean;
  lostFocus(id: string): void;
  /** Sends the focus to wherever the keyboard stands. */
  send(): void;
}

/** Keeps it over a grid of ids. */
export function useRoving(grid: Grid): Roving {
  const [at, setAt] = useState<string | null>(null);
  const [goal, setGoal] = useState<Goal | null>(null);
  const wanted = useRef<string | null>(null);
  const spot = useRef<Spot | null>(null);
  const shown = useMemo(() => (spotOf(grid, at) === null ? nearest(grid, spot.current) : at), [grid, at]);
  const now = useRef({ grid, shown });

  const go = useCallback((id: string | null) => {
    if (id === null) return;
    wanted.current = id;
    setAt(id);
    setGoal({ id });
  }, []);
  useEffect(() => {
    now.current = { grid, shown };
    spot.current = spotOf(grid, shown);
    const gone = wanted.current !== null && spotOf(grid, wanted.current) === null;
    if (gone && document.activeElement === document.body) go(shown);
    else if (gone) wanted.current = null;
  }, [grid, shown, go]);

  const send = useCallback(() => go(now.current.shown), [go]);
  const step = useCallback((way: Step) => go(stepped(now.current.grid, now.current.shown, way)), [go]);
  const takesFocus = useCallback((id: string) => {
    if (wanted.current !== id) return false;
    wanted.current = null;
    return true;
  }, []);
  const lostFocus = useCallback((id: string) => {
    wanted.current = id;
  }, []);
  return { at: shown, goal, step, stand: setAt, takesFocus, lostFocus, send };
}
