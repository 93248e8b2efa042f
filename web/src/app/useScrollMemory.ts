// Where one was on a screen: Back leads to the same place of the list, a new screen begins at its top. The browser cannot
// do it, because the screen scrolls inside the shell.
import { type RefObject, useLayoutEffect, useRef } from "react";
import { useLocation, useNavigationType } from "react-router";

const screenOf = (pathname: string) => pathname.split("/")[1]?.replace("calls", "") ?? "";

/** Keeps and restores how far `scroller` is scrolled, per entry of the history. */
export function useScrollMemory(scroller: RefObject<HTMLElement | null>): void {
  const { key, pathname } = useLocation();
  const way = useNavigationType();
  const places = useRef(new Map<string, number>());
  const former = useRef(screenOf(pathname));
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const kept = places.current.get(key);
    if (way === "POP" && kept !== undefined) element.scrollTop = kept;
    else if (former.current !== screenOf(pathname)) element.scrollTop = 0;
    former.current = screenOf(pathname);
    const remember = () => places.current.set(key, element.scrollTop);
    element.addEventListener("scroll", remember, { passive: true });
    return () => element.removeEventListener("scroll", remember);
  }, [key, pathname, way, scroller]);
}
