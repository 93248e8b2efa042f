// Counts from the number shown to the new one within a moment (WEB V4: at most 150 ms, none with reduced motion).
import { useReducedMotion } from "@mantine/hooks";
import { useLayoutEffect, useRef, useState } from "react";

const ROLL_MS = 150;

/** The number to show now on the way to `value`; unless it rolls, and at the moment when it begins to, `value` itself. */
export function useRollingNumber(value: number, rolls: boolean): number {
  const still = useReducedMotion() || !rolls;
  const wasStill = useRef(still);
  const [shown, setShown] = useState(value);
  const from = useRef(value);
  // Before the page is painted: a number that does not roll is never seen with its former value.
  useLayoutEffect(() => {
    const start = from.current;
    const jumps = still || wasStill.current;
    wasStill.current = still;
    if (jumps || start === value) {
      from.current = value;
      setShown(value);
      return;
    }
    const began = performance.now();
    let frame = 0;
    const step = (now: number) => {
      const part = Math.min(1, Math.max(0, (now - began) / ROLL_MS));
      from.current = Math.round(start + (value - start) * part);
      setShown(from.current);
      if (part < 1) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [value, still]);
  return still ? value : shown;
}
