// What a screen reader is told while a list is put in another order.
import type { Announcements, ScreenReaderInstructions } from "@dnd-kit/core";
import type { AnyCategory } from "./kinds";

/** Instructions and announcements for a list of categories. */
export function saidWhileDragging(ordered: readonly AnyCategory[]): {
  announcements: Announcements;
  screenReaderInstructions: ScreenReaderInstructions;
} {
  const name = (id: string | number) => ordered.find((one) => one.id === id)?.name ?? "It";
  const place = (id: string | number | undefined) =>
    `place ${ordered.findIndex((one) => one.id === id) + 1} of ${ordered.length}`;
  return {
    screenReaderInstructions: {
      draggable:
        "Press Space to pick it up, the arrow keys to move it, Space to put it down, Escape to leave it where it was.",
    },
    announcements: {
      onDragStart: ({ active }) => `${name(active.id)} picked up at ${place(active.id)}.`,
      onDragOver: ({ active, over }) => (over ? `${name(active.id)} is at ${place(over.id)}.` : undefined),
      onDragEnd: ({ active, over }) => (over ? `${name(active.id)} put down at ${place(over.id)}.` : undefined),
      onDragCancel: ({ active }) => `${name(active.id)} is where it was.`,
    },
  };
}
