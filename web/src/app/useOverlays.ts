// Which of the shell's own layers lies over the screen: the palette, the list of keys, what waits to be sent, the question
// before one leaves. One at a time.
import { createContext, useContext } from "react";

export type Overlay = "palette" | "keys" | "outbox" | "leaving";

export interface OverlayState {
  shown: Overlay | null;
  show: (overlay: Overlay) => void;
  hide: () => void;
}

/** The shell provides it. */
export const OverlayContext = createContext<OverlayState>({ shown: null, show: () => {}, hide: () => {} });

/** What lies over the screen, and how to change that. */
export const useOverlays = (): OverlayState => useContext(OverlayContext);
