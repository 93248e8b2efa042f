// The one menu of a board or a list: opened from any card, at its place, and giving the focus back to where it came from.
import { type ReactNode, useCallback, useState } from "react";
import { useRecord } from "@/realtime/react";
import type { Service } from "@/realtime/schema";
import type { Deed } from "../dialogs/useDeeds";
import { CardMenu } from "./CardMenu";
import type { Spot } from "./hands";

interface Asked {
  id: string;
  at: Spot;
  from: Element | null;
}

/** `menu` opens it; `open` is what is open. */
export function useCardMenu(run: (service: Service, deed: Deed) => void): {
  menu: (id: string, at: Spot) => void;
  open: ReactNode;
} {
  const [asked, setAsked] = useState<Asked | null>(null);
  const service = useRecord("services", asked?.id);
  const menu = useCallback((id: string, at: Spot) => setAsked({ id, at, from: document.activeElement }), []);
  const close = () => {
    setAsked(null);
    giveBack(asked?.from ?? null);
  };
  const open =
    asked === null || service === undefined ? null : (
      <CardMenu key={asked.id} service={service} at={asked.at} onRun={(deed) => run(service, deed)} onClose={close} />
    );
  return { menu, open };
}

/** The focus goes back once the menu is gone, unless it went elsewhere meanwhile: into a dialog. */
function giveBack(from: Element | null) {
  requestAnimationFrame(() => {
    if (from instanceof HTMLElement && from.isConnected && document.activeElement === document.body) {
      from.focus({ preventScroll: true });
    }
  });
}
