// The shell's own layers, each fetched when it is first opened.
import { lazy, Suspense, useEffect, useState } from "react";
import { useOverlays } from "./useOverlays";

const Palette = lazy(() => import("./palette/Palette"));
const KeysHelp = lazy(() => import("./KeysHelp"));
const OutboxDialog = lazy(() => import("./OutboxDialog"));

const READY_MS = 1_500;

/** Whatever lies over the screen now. */
export function Overlays() {
  const { shown, hide } = useOverlays();
  const [isReady, setReady] = useState(false);
  if (shown === "palette" && !isReady) setReady(true);
  // Made ready in a quiet moment, so that no letter typed right after `/` is lost.
  useEffect(() => {
    const timer = setTimeout(() => setReady(true), READY_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Suspense fallback={null}>
      {isReady && <Palette opened={shown === "palette"} onClose={hide} />}
      {shown === "keys" && <KeysHelp onClose={hide} />}
      {shown === "outbox" && <OutboxDialog onClose={hide} />}
    </Suspense>
  );
}
