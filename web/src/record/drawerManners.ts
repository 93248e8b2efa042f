// How a drawer behaves beside the board: where the focus goes, what Escape means, how much room it takes.
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

const DIALOG = '[aria-modal="true"]';

/**
 * Takes the focus when it opens and gives it back, on closing, to whatever had it: unless it went elsewhere meanwhile. A
 * dialog that is over the page keeps it.
 */
export function useFocusStay<E extends HTMLElement>(): RefObject<E | null> {
  const stay = useRef<E>(null);
  useLayoutEffect(() => {
    const drawer = stay.current;
    const before = document.activeElement;
    if (drawer && !drawer.contains(before) && !document.querySelector(DIALOG)) drawer.focus({ preventScroll: true });
    return () => {
      const mine = drawer?.contains(document.activeElement) || document.activeElement === document.body;
      if (mine && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return stay;
}

const OVER_IT = `${DIALOG}, [role="menu"], [role="listbox"], [aria-expanded="true"]`;

/** Calls `close` on Escape, unless a menu, a list or a dialog over the drawer is what Escape is meant for. */
export function useEscape(close: () => void): void {
  const newest = useRef(close);
  useEffect(() => {
    newest.current = close;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
      if (event.target instanceof Element && event.target.closest(OVER_IT)) return;
      if (document.querySelector(DIALOG)) return;
      newest.current();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);
}

/** Tells the page how wide the drawer is (`--cb-drawer`), so that the board can scroll its last column out from under it. */
export function useDrawerWidth(drawer: RefObject<HTMLElement | null>, narrow: boolean): void {
  useEffect(() => {
    const root = document.documentElement;
    const measure = () =>
      root.style.setProperty("--cb-drawer", narrow ? "0px" : `${drawer.current?.offsetWidth ?? 0}px`);
    measure();
    window.addEventListener("resize", measure);
    return () => {
      window.removeEventListener("resize", measure);
      root.style.removeProperty("--cb-drawer");
    };
  }, [drawer, narrow]);
}
