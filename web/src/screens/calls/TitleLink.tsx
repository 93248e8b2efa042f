// The title of a call on the board: a link to its drawer, and the one thing of the card that the keyboard stands on
// (U2). The focus comes here when it is sent, and goes with the call when the call changes its column.
import { type KeyboardEventHandler, useLayoutEffect, useRef } from "react";
import { Link, useLocation } from "react-router";
import type { Call } from "@/realtime/schema";
import { numberOf } from "@/widgets/RecordNumber";
import { useBoardHands } from "./boardHands";
import { callPath } from "./callPath";
import type { Goal } from "./useCardWindow";

export interface TitleLinkProps {
  call: Call;
  /** The one in the tab order. */
  current: boolean;
  /** The keyboard was sent here. */
  goal: Goal | null;
  className: string | undefined;
  /** Space on the link picks the call up. */
  activator: (node: HTMLElement | null) => void;
  onKeyDown: KeyboardEventHandler | undefined;
}

/** The link. */
export function TitleLink({ call, current, goal, className, activator, onKeyDown }: TitleLinkProps) {
  const hands = useBoardHands();
  const { search } = useLocation();
  const link = useRef<HTMLAnchorElement | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each sending counts, also to where the keyboard stood already
  useLayoutEffect(() => {
    if (current && hands.takesFocus(call.id)) link.current?.focus({ preventScroll: true });
  }, [hands, call.id, current, goal]);
  useLayoutEffect(() => {
    const node = link.current;
    activator(node);
    return () => {
      activator(null);
      if (node !== null && document.activeElement === node) hands.lostFocus(call.id);
    };
  }, [hands, call.id, activator]);
  return (
    <Link
      ref={link}
      to={{ pathname: callPath(call), search }}
      className={className ?? ""}
      draggable={false}
      tabIndex={current ? 0 : -1}
      dir="auto"
      aria-label={`${numberOf("calls", call)} ${call.title}`}
      onFocus={() => hands.stand(call.id)}
      onKeyDown={onKeyDown}
    >
      {call.title}
    </Link>
  );
}
