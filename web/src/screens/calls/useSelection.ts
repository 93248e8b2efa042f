// What is ticked, as the board keeps it: only what is shown can stay ticked (S2).
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Call } from "@/realtime/schema";
import type { Grid } from "./roving";
import { limited, NOTHING, ranged, toggled } from "./selection";

/** The ticked calls of a board that shows `calls`, standing in `grid`. */
export function useSelection(calls: readonly Call[], grid: Grid) {
  const [selection, setSelection] = useState(NOTHING);
  const order = useRef(grid);
  useEffect(() => {
    order.current = grid;
  }, [grid]);
  const now = useMemo(() => {
    if (selection.ids.size === 0) return selection;
    return limited(selection, new Set(calls.map((call) => call.id)));
  }, [selection, calls]);
  const tick = useCallback((id: string, run: boolean) => {
    setSelection((before) => (run ? ranged(before, order.current.flat(), id) : toggled(before, id)));
  }, []);
  const clear = useCallback(() => setSelection(NOTHING), []);
  return { ids: now.ids, tick, clear };
}
