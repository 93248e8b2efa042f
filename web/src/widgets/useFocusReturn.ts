// Gives the focus back after a dialog that is rendered only while it is open (U3): such a one leaves the page before the
// library under it can do so.
import { useCallback, useEffect, useState } from "react";

/**
 * The focus goes back to whatever had it before; at once where the answer is called, for a dialog that hands over to
 * something else.
 */
export function useFocusReturn(): () => void {
  const [before] = useState(whoHasFocus);
  const giveBack = useCallback(() => {
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  }, [before]);
  useEffect(
    () => () => {
      // The dialog is leaving the page just now; where the focus falls is known a moment later.
      setTimeout(() => {
        if (document.activeElement === null || document.activeElement === document.body) giveBack();
      });
    },
    [giveBack],
  );
  return giveBack;
}

/** An item of a menu leaves with its menu: the button that opened it stands for it. */
function whoHasFocus(): Element | null {
  const focused = document.activeElement;
  const opener = focused?.closest('[role="menu"]')?.getAttribute("aria-labelledby");
  return opener ? document.getElementById(opener) : focused;
}
