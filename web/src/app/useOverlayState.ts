// The state behind `useOverlays`: one layer at most, and it goes when one goes elsewhere.
import { useCallback, useEffect, useMemo, useState } from "react";
import { useLocation } from "react-router";
import type { Overlay, OverlayState } from "./useOverlays";

/** The shell's state of its layers. */
export function useOverlayState(): OverlayState {
  const [shown, setShown] = useState<Overlay | null>(null);
  const { pathname } = useLocation();
  const hide = useCallback(() => setShown(null), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is the reason to close
  useEffect(hide, [pathname]);
  return useMemo(() => ({ shown, show: setShown, hide }), [shown, hide]);
}
