// The board of somebody signed in: the session, what the whole page shares, and the frame.
import { useEffect, useState } from "react";
import { SessionGate } from "./SessionGate";
import { Shell } from "./Shell";
import { listen, makeShortcutStore, ShortcutContext } from "./shortcuts";
import { UnseenContext, useUnseenStore } from "./unseen";
import { useOverlayState } from "./useOverlayState";
import { OverlayContext } from "./useOverlays";

/** The layout route of all screens that need somebody signed in. */
export function Board() {
  const [shortcuts] = useState(makeShortcutStore);
  const overlays = useOverlayState();
  const unseen = useUnseenStore();
  useEffect(() => listen(shortcuts), [shortcuts]);
  return (
    <SessionGate>
      <ShortcutContext value={shortcuts}>
        <OverlayContext value={overlays}>
          <UnseenContext value={unseen}>
            <Shell />
          </UnseenContext>
        </OverlayContext>
      </ShortcutContext>
    </SessionGate>
  );
}
