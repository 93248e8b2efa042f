// The keys of the board (U2): they act on the call that the keyboard stands on, and on the ticked ones where that makes
// sense. The arrows work within the board alone, so that they go on scrolling everything else.
import type { KeyboardEvent } from "react";
import { useShortcut } from "@/app/shortcuts";
import { stepOf } from "./roving";
import type { Roving } from "./useRoving";

interface CallKeys {
  roving: Roving;
  /** Nothing moves while a call is being carried or a drawer has the keyboard. */
  enabled: boolean;
  onOpen(id: string): void;
  onTick(id: string): void;
  onAssign(id: string): void;
  onMenu(id: string): void;
  onClear(): void;
  hasTicked: boolean;
}

const isPlain = (event: KeyboardEvent) => !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
const onCard = () => document.activeElement?.closest("[data-call]") != null;

/** Binds the keys; answers the handler for the element around the board. */
export function useCallKeys(keys: CallKeys) {
  const { roving, enabled } = keys;
  const on = { enabled };
  const walk = (step: "up" | "down") => (onCard() ? roving.step(step) : roving.send());
  const withCurrent = (act: (id: string) => void) => () => roving.at !== null && act(roving.at);
  // Escape in a menu or dialog closes that alone, though it is closed by the time this hears of it.
  const clear = ({ target }: globalThis.KeyboardEvent) => {
    const inside = target === document.body || (target instanceof Element && target.closest("[data-ground]") !== null);
    if (inside) keys.onClear();
  };
  useShortcut("j", () => walk("down"), "Next call", on);
  useShortcut("k", () => walk("up"), "Previous call", on);
  useShortcut("x", withCurrent(keys.onTick), "Select the call", on);
  useShortcut("a", withCurrent(keys.onAssign), "Assign the call, or all that are selected", on);
  useShortcut("e", withCurrent(keys.onOpen), "Open the call", on);
  useShortcut(".", withCurrent(keys.onMenu), "Actions on the call", on);
  useShortcut("Escape", clear, "", { enabled: enabled && keys.hasTicked });
  return (event: KeyboardEvent) => {
    const step = event.key.length > 1 && isPlain(event) ? stepOf(event.key) : null;
    if (step === null || !enabled || !onCard()) return;
    event.preventDefault();
    roving.step(step);
  };
}
