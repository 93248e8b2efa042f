// Where the keyboard stands after going to another screen (U3): at its heading, which is read out, rather than nowhere. A
// drawer or a dialog that came with the screen keeps what it took, and a record that opens over its screen changes nothing.
import { type RefObject, useEffect, useRef } from "react";
import { useLocation } from "react-router";
import { isWithin, PLACES } from "./places";

const DIALOG = '[aria-modal="true"]';
const screenOf = (pathname: string) => PLACES.find((place) => isWithin(pathname, place))?.path ?? pathname;

const headingOf = (element: HTMLElement) => element.querySelector<HTMLElement>("h1[tabindex]");

/** Moves the focus to the heading of a new screen within `main`, or to `main` where it has none. */
export function useScreenFocus(main: RefObject<HTMLElement | null>): void {
  const { pathname } = useLocation();
  const screen = screenOf(pathname);
  const former = useRef(screen);
  useEffect(() => {
    const element = main.current;
    if (former.current === screen || element === null) return;
    former.current = screen;
    const now = document.activeElement;
    const isTaken = now !== element && element.contains(now);
    if (isTaken || document.querySelector(DIALOG)) return;
    const arrive = () => headingOf(element)?.focus({ preventScroll: true });
    element.focus({ preventScroll: true });
    arrive();
    if (headingOf(element) !== null) return;
    // The screen itself is still being fetched.
    const coming = new MutationObserver(() => {
      if (headingOf(element) === null) return;
      coming.disconnect();
      if (document.activeElement === element) arrive();
    });
    coming.observe(element, { childList: true, subtree: true });
    return () => coming.disconnect();
  }, [screen, main]);
}
