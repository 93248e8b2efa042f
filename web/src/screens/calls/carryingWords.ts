// What is said to those who do not see a call being carried (S2, U3).
import type { Announcements, UniqueIdentifier } from "@dnd-kit/core";
import type { Call } from "@/realtime/schema";
import { numberOf } from "@/widgets/RecordNumber";
import { statusWord } from "@/widgets/words";
import type { TargetData } from "./DragGround";
import type { Verdict } from "./verdicts";

/** Said with every card. */
export const HOW_TO_CARRY = {
  draggable:
    "Space picks the call up. Arrow keys then choose a column or a person, Space drops it, Escape puts it back.",
};

interface Over {
  data: { current?: object | undefined };
}

const nameOf = (target: TargetData) =>
  target.user?.display_name ?? (target.status ? statusWord("calls", target.status) : "");

/** The sentences, for the call with an id and the verdict on a target. */
export function announcements(
  callOf: (id: UniqueIdentifier) => Call | undefined,
  verdictOf: (target: TargetData) => Verdict | null,
): Announcements {
  const named = (id: UniqueIdentifier) => numberOf("calls", callOf(id));
  const overWords = (over: Over | null) => {
    const target = over?.data.current as TargetData | undefined;
    return target && `${nameOf(target)}. ${verdictOf(target)?.sentence ?? ""}`;
  };
  return {
    onDragStart: ({ active }) => `Picked up ${named(active.id)}.`,
    onDragOver: ({ over }) => overWords(over),
    onDragEnd: ({ active, over }) =>
      over === null ? `${named(active.id)} put back.` : `${named(active.id)} dropped on ${overWords(over) ?? ""}`,
    onDragCancel: ({ active }) => `${named(active.id)} put back.`,
  };
}
