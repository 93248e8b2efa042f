// What a card or a row can ask of the board around it. The functions keep their identity, so that thousands of cards need
// not be drawn again because one of them was touched (U4).
import { createContext, useContext } from "react";

/** Where on the page something was asked for, so that a menu opens there. */
export interface Spot {
  left: number;
  top: number;
}

export interface Hands {
  /** The address of a repair's drawer. */
  to: (service: { id: string; number: number }) => string;
  /** Opens the menu of a repair. */
  menu: (id: string, at: Spot) => void;
  /** The keyboard stands on this repair now. */
  stand: (id: string) => void;
  /** Was the focus sent to this repair? Answers yes once. */
  takesFocus: (id: string) => boolean;
  /** The card with the focus left the page; wherever it turns up again the focus goes with it. */
  lostFocus: (id: string) => void;
}

/** The board around. */
export const HandsContext = createContext<Hands | null>(null);

/** The hands of the board around this component. */
export function useHands(): Hands {
  const hands = useContext(HandsContext);
  if (hands === null) throw new Error("A card stands on a board.");
  return hands;
}

/** Below an element, where its menu opens. */
export function spotBelow(element: Element): Spot {
  const { left, bottom } = element.getBoundingClientRect();
  return { left, top: bottom };
}
