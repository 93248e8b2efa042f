// Which rows of a long list are in the page: those in sight, a few around them, and the one that the keyboard stands on,
// which must not lose its focus by being scrolled away (U4). When rows above come or go, what is in sight keeps its place.
import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import type { Item, Place } from "./heldOrder";

const AROUND = 4;

/** A call that the keyboard was sent to; every sending is another object. */
export interface Goal {
  id: string;
}

interface Rows {
  places: readonly Place<Item>[];
  scroller: RefObject<HTMLElement | null>;
  /** Every row is of this height. */
  cardHeight: number;
  /** The id that the keyboard stands on. */
  current: string | null;
  /** Where the keyboard was sent last: that row is brought into sight, once. */
  goal: Goal | null;
}

function useRange(index: number) {
  return useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      if (index < 0 || shown.includes(index)) return shown;
      return [...shown, index].sort((a, b) => a - b);
    },
    [index],
  );
}

/** Keeps the first row in sight where it is when the rows above it become more or fewer. */
function useAnchor({ places, scroller, cardHeight }: Rows) {
  const first = useRef<{ id: string; past: number } | null>(null);
  const note = useCallback(() => {
    const top = scroller.current?.scrollTop ?? 0;
    const place = top > 0 ? places[Math.floor(top / cardHeight)] : undefined;
    first.current = place ? { id: place.item.id, past: top % cardHeight } : null;
  }, [places, scroller, cardHeight]);
  useLayoutEffect(() => {
    const element = scroller.current;
    const anchor = first.current;
    if (element === null || anchor === null) return;
    const at = places.findIndex((place) => place.item.id === anchor.id);
    const top = at * cardHeight + anchor.past;
    if (at !== -1 && Math.abs(top - element.scrollTop) > 1) element.scrollTop = top;
  }, [places, scroller, cardHeight]);
  useEffect(() => {
    const element = scroller.current;
    element?.addEventListener("scroll", note, { passive: true });
    return () => element?.removeEventListener("scroll", note);
  }, [scroller, note]);
}

/** The rows to draw, and the height of the whole. */
export function useCardWindow(rows: Rows) {
  const { places, scroller, cardHeight, current, goal } = rows;
  // Asked again only when the list changes, not at every step of a scroll.
  const index = useMemo(
    () => (current === null ? -1 : places.findIndex((place) => place.item.id === current)),
    [places, current],
  );
  const window = useVirtualizer({
    count: places.length,
    getScrollElement: () => scroller.current,
    estimateSize: useCallback(() => cardHeight, [cardHeight]),
    getItemKey: useCallback((at: number) => places[at]?.item.id ?? at, [places]),
    overscan: AROUND,
    rangeExtractor: useRange(index),
  });
  useAnchor(rows);
  const measured = useRef(cardHeight);
  useLayoutEffect(() => {
    if (measured.current === cardHeight) return;
    measured.current = cardHeight;
    window.measure();
  }, [window, cardHeight]);
  const reached = useRef(goal);
  useLayoutEffect(() => {
    if (reached.current === goal || goal === null) return;
    const at = places.findIndex((place) => place.item.id === goal.id);
    if (at === -1) return;
    reached.current = goal;
    window.scrollToIndex(at, { align: "auto" });
  }, [window, goal, places]);
  return { items: window.getVirtualItems(), height: window.getTotalSize() };
}
