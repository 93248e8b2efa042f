// What the mouse means on a card or a row: a click opens, with Ctrl, ⌘ or Shift it ticks, the right button opens the menu.
import { type MouseEvent, useMemo } from "react";
import { useBoardHands } from "./boardHands";

const INNER = "a, button, input, label";

/** The handlers for the whole of a card or row. */
export function useCallClicks(id: string) {
  const hands = useBoardHands();
  return useMemo(
    () => ({
      onClick: (event: MouseEvent<HTMLElement>) => {
        if (event.target instanceof Element && event.target.closest(INNER)) return;
        hands.stand(id);
        if (event.shiftKey || event.metaKey || event.ctrlKey) hands.tick(id, event.shiftKey);
        else hands.open(id);
      },
      onContextMenu: (event: MouseEvent<HTMLElement>) => {
        event.preventDefault();
        hands.menu(id, { left: event.clientX, top: event.clientY, width: 0, height: 0 });
      },
    }),
    [hands, id],
  );
}
