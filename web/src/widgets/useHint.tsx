// A tooltip that costs nothing until it is wanted: cards are many, and only the one under the pointer or the focus needs it.
import { Tooltip } from "@mantine/core";
import { type PointerEvent, type ReactNode, useCallback, useEffect, useRef, useState } from "react";

const OPEN_MS = 300;
const TOUCH_MS = 2_500;

/** What the element that carries the hint must take. */
export interface HintHandlers {
  onPointerEnter: (event: PointerEvent<HTMLElement>) => void;
  onPointerLeave: (event: PointerEvent<HTMLElement>) => void;
  onFocus: (event: { currentTarget: HTMLElement }) => void;
  onBlur: () => void;
}

/** Spread `handlers` on the element and put `tip` beside it. */
export function useHint(label: ReactNode): { handlers: HintHandlers; tip: ReactNode } {
  const [target, setTarget] = useState<HTMLElement | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const after = useCallback((ms: number, element: HTMLElement | null) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setTarget(element), ms);
  }, []);
  const show = useCallback((element: HTMLElement | null) => {
    clearTimeout(timer.current);
    setTarget(element);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (target === null) return;
    const dismiss = (event: KeyboardEvent) => event.key === "Escape" && setTarget(null);
    document.addEventListener("keydown", dismiss);
    return () => document.removeEventListener("keydown", dismiss);
  }, [target]);

  const handlers: HintHandlers = {
    onPointerEnter: ({ currentTarget, pointerType }) => {
      if (pointerType === "touch") show(currentTarget);
      else after(OPEN_MS, currentTarget);
    },
    onPointerLeave: ({ pointerType }) => (pointerType === "touch" ? after(TOUCH_MS, null) : show(null)),
    onFocus: ({ currentTarget }) => show(currentTarget),
    onBlur: () => show(null),
  };
  return { handlers, tip: target && label ? <Tooltip target={target} label={label} opened /> : null };
}
