// The title of the window: the record that is open, the screen, the board; before them how much is unseen (U1).
import { useEffect } from "react";
import { useLocation } from "react-router";
import { showFavicon } from "./favicon";
import { isWithin, PLACES } from "./places";
import { useUnseen } from "./unseen";

const LETTERS: Readonly<Record<string, string>> = { calls: "C", services: "S" };

/** "C-1042 · Calls · Callboard" for an address. */
export function titleOf(pathname: string): string {
  const place = PLACES.find((each) => isWithin(pathname, each));
  const [, screen = "", number = ""] = pathname.split("/");
  const letter = LETTERS[screen];
  const record = letter !== undefined && /^\d+$/.test(number) ? `${letter}-${number.padStart(4, "0")}` : undefined;
  return [record, place?.label, "Callboard"].filter(Boolean).join(" · ");
}

/** Keeps the title of the window, and the icon of its tab. */
export function useTitle(): void {
  const { pathname } = useLocation();
  const unseen = useUnseen();
  useEffect(() => {
    document.title = unseen > 0 ? `(${unseen}) ${titleOf(pathname)}` : titleOf(pathname);
  }, [pathname, unseen]);
  useEffect(() => {
    showFavicon(unseen);
    return () => showFavicon(0);
  }, [unseen]);
}
