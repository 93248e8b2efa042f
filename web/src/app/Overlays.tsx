// The shell's own layers, each fetched when it is first opened.
import { useEffect, useState } from "react";
import { part } from "./part";
import { useOverlays } from "./useOverlays";

const Palette = part(() => import("./palette/Palette"));
const KeysHelp = part(() => import("./KeysHelp"));
const OutboxDialog = part(() => import("./OutboxDialog"));
const LeaveDialog = part(() => import("./LeaveDialog"));

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
    <>
      {isReady && <Palette opened={shown === "palette"} onClose={hide} />}
      {shown === "keys" && <KeysHelp onClose={hide} />}
      {shown === "outbox" && <OutboxDialog onClose={hide} />}
      {shown === "leaving" && <LeaveDialog onClose={hide} />}
    </>
  );
}
