// What the columns really show, which may differ from what stands in them while somebody is in one (V4): the arrows and
// shift go along what a person sees.
import { useCallback, useLayoutEffect, useMemo, useState } from "react";
import { useBoardHands } from "./boardHands";
import type { Item, Place } from "./heldOrder";
import type { Grid } from "./roving";

const NONE: readonly string[] = [];

/** The grid of what is shown, by the names of the lists from left to right, and the way to report it. */
export function useShownGrid(lists: readonly string[]) {
  const [shown, setShown] = useState<ReadonlyMap<string, readonly string[]>>(new Map());
  const shows = useCallback(
    (list: string, ids: readonly string[]) => setShown((now) => new Map(now).set(list, ids)),
    [],
  );
  const grid: Grid = useMemo(() => lists.map((list) => shown.get(list) ?? NONE), [lists, shown]);
  return { grid, shows };
}

/** Reports what a list shows to the board around it. */
export function useReportShown(list: string, places: readonly Place<Item>[]): void {
  const { shows } = useBoardHands();
  const ids = useMemo(() => places.filter((place) => !place.ghost).map((place) => place.item.id), [places]);
  useLayoutEffect(() => shows(list, ids), [shows, list, ids]);
  useLayoutEffect(() => () => shows(list, NONE), [shows, list]);
}
