// Is somebody in this list: the pointer over it, the keyboard in it, or scrolled away from its top? Then nothing in it
// may move (V4). A click with the mouse leaves a focus behind that holds nothing: only a focus that shows does.
import { type FocusEvent, type PointerEvent, type UIEvent, useMemo, useState } from "react";

const FROM_TOP = 8;

/** The state, and the handlers that the scrolling element needs. */
export function useSomebodyIn() {
  const [pointer, setPointer] = useState(false);
  const [focus, setFocus] = useState(false);
  const [scrolled, setScrolled] = useState(false);
  const handlers = useMemo(
    () => ({
      onPointerEnter: (event: PointerEvent) => setPointer(event.pointerType !== "touch"),
      onPointerLeave: () => setPointer(false),
      onFocus: (event: FocusEvent) => setFocus(event.target.matches(":focus-visible")),
      onBlur: (event: FocusEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setFocus(false);
      },
      onScroll: (event: UIEvent) => {
        const away = event.currentTarget.scrollTop > FROM_TOP;
        setScrolled(away);
      },
    }),
    [],
  );
  return { held: pointer || focus, scrolled, handlers };
}
