// Arrow keys, Home and End through the rows of a list (U2). Enter is the row's own link, so there is nothing to do for it.
import { type KeyboardEvent, useCallback } from "react";

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** A key handler for the element around the rows; each row's link carries `data-row-link`. */
export function useArrowRows() {
  return useCallback((event: KeyboardEvent<HTMLElement>) => {
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-row-link]")];
    const now = links.indexOf(document.activeElement as HTMLElement);
    const next = nextRow(event.key, now, links.length);
    if (now < 0 || next === null) return;
    event.preventDefault();
    links[next]?.focus();
  }, []);
}

/** The row that a key leads to, kept inside the list; null where the key is not for lists. */
export function nextRow(key: string, now: number, count: number): number | null {
  if (count === 0) return null;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const step = STEPS[key];
  return step === undefined ? null : Math.min(count - 1, Math.max(0, now + step));
}
