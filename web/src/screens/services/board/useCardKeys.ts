// The keyboard among cards (U2): arrows and j/k move, Enter opens (a card is a link), m opens the menu.
import { type KeyboardEvent, useCallback, useMemo } from "react";
import { stepOf } from "@/screens/calls/roving";
import { useRoving } from "@/screens/calls/useRoving";
import type { Column } from "../grouping";
import { type Spot, spotBelow } from "./hands";

/** Keys over the columns. */
export function useCardKeys(columns: readonly Column[], menu: (id: string, at: Spot) => void) {
  const grid = useMemo(() => columns.map(({ services }) => services.map(({ id }) => id)), [columns]);
  const roving = useRoving(grid);
  const { at, goal, step, stand, takesFocus, lostFocus } = roving;
  const press = useCallback(
    (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!(event.target instanceof HTMLAnchorElement) || at === null) return;
      const way = stepOf(event.key);
      if (event.key === "m") menu(at, spotBelow(event.target));
      else if (way !== null) step(way);
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    [at, menu, step],
  );
  const hands = useMemo(() => ({ stand, takesFocus, lostFocus }), [stand, takesFocus, lostFocus]);
  return { at, goal, press, hands };
}
