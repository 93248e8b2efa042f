// How a call is carried by mouse or by keyboard (S2): which target it is over, and where the arrows carry it. With the
// keyboard the targets are gone through like the cards themselves: columns from left to right, then the people.
import {
  type ClientRect,
  type CollisionDetection,
  type KeyboardCoordinateGetter,
  KeyboardSensor,
  type KeyboardSensorOptions,
  MouseSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";

const INSIDE = 8;

interface Point {
  x: number;
  y: number;
}

const holds = (rect: ClientRect, { x, y }: Point) =>
  x >= rect.left && x <= rect.right && y >= rect.top && y <= rect.bottom;

/** The target under the pointer, or under the corner of what the keyboard carries. */
export const underPoint: CollisionDetection = ({
  pointerCoordinates,
  collisionRect,
  droppableContainers,
  droppableRects,
}) => {
  const point = pointerCoordinates ?? { x: collisionRect.left + INSIDE, y: collisionRect.top + INSIDE };
  return droppableContainers
    .filter(({ id }) => {
      const rect = droppableRects.get(id);
      return rect !== undefined && holds(rect, point);
    })
    .map(({ id }) => ({ id }));
};

/** A target with its place on the page. */
export interface PlacedTarget {
  id: string;
  left: number;
  top: number;
}

const isColumn = (target: PlacedTarget) => target.id.startsWith("column:");

/** The target that an arrow leads to. */
export function nextTarget(targets: readonly PlacedTarget[], over: string | null, code: string): PlacedTarget | null {
  const columns = targets.filter(isColumn).sort((a, b) => a.left - b.left);
  const people = targets.filter((target) => !isColumn(target)).sort((a, b) => a.top - b.top);
  const column = columns.findIndex((target) => target.id === over);
  const person = people.findIndex((target) => target.id === over);
  if (code === "ArrowRight") return person !== -1 ? null : (columns[column + 1] ?? people[0] ?? null);
  if (code === "ArrowLeft") return person !== -1 ? (columns.at(-1) ?? null) : (columns[column - 1] ?? null);
  const by = code === "ArrowDown" ? 1 : code === "ArrowUp" ? -1 : 0;
  return person === -1 || by === 0 ? null : (people[person + by] ?? null);
}

const carry: KeyboardCoordinateGetter = (event, { context }) => {
  const targets = context.droppableContainers.getEnabled().flatMap(({ id }) => {
    const rect = context.droppableRects.get(id);
    return rect ? [{ id: String(id), left: rect.left, top: rect.top }] : [];
  });
  const next = nextTarget(targets, context.over === null ? null : String(context.over.id), event.code);
  if (event.code.startsWith("Arrow")) event.preventDefault();
  return next === null ? undefined : { x: next.left + INSIDE / 2, y: next.top + INSIDE / 2 };
};

// Constants, not made anew at every render: other sensors would draw every card again (U4).
const BY_MOUSE = { activationConstraint: { distance: 6 } };
const BY_KEYS = {
  coordinateGetter: carry,
  keyboardCodes: { start: ["Space"], cancel: ["Escape"], end: ["Space", "Enter"] },
  scrollBehavior: "auto" as const,
} satisfies KeyboardSensorOptions;

/** Mouse and keyboard. Fingers scroll; they assign from the menu of a card. */
export function useCarrying() {
  return useSensors(useSensor(MouseSensor, BY_MOUSE), useSensor(KeyboardSensor, BY_KEYS));
}
