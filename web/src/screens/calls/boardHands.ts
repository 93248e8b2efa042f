// What a card or a row can ask of the board around it. The functions keep their identity for as long as the board
// stands, so that ten thousand calls need not be drawn again because one of them was touched (U4).
import { createContext, useContext } from "react";

/** Where on the page something was asked for, so that a menu opens there. */
export interface Spot {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The board's hands. */
export interface BoardHands {
  /** Opens the call's drawer. */
  open(id: string): void;
  /** Ticks or unticks; with `run` everything since the last touched one. */
  tick(id: string, run: boolean): void;
  /** Opens the menu of the call. */
  menu(id: string, at: Spot): void;
  /** The keyboard stands on this call now. */
  stand(id: string): void;
  /** Was the focus sent to this call? Answers yes once. */
  takesFocus(id: string): boolean;
  /** What a column or the list shows from top to bottom, ghosts left out: the arrows go along that. */
  shows(list: string, ids: readonly string[]): void;
  /** The card with the focus left the page; wherever it turns up again the focus goes with it. */
  lostFocus(id: string): void;
}

/** The board around. */
export const BoardHandsContext = createContext<BoardHands | null>(null);

/** The hands of the board around this component. */
export function useBoardHands(): BoardHands {
  const hands = useContext(BoardHandsContext);
  if (hands === null) throw new Error("A card stands on a board.");
  return hands;
}

/** Where an element stands on the page. */
export function spotOfElement(element: Element): Spot {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { left, top, width, height };
}

/** Where a call stands within an element, if it is in sight there. */
export function cardOf(id: string, within: ParentNode): Element | undefined {
  return [...within.querySelectorAll<HTMLElement>("[data-call]")].find((card) => card.dataset.call === id);
}
