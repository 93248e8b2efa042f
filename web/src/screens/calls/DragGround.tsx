// The ground on which calls are carried to columns and people (S2). While one is carried, every target knows what a drop
// on it would do, and the carried card says it, or says why it cannot be.
import {
  DndContext,
  type DragEndEvent,
  type DragOverEvent,
  DragOverlay,
  type DragStartEvent,
  type UniqueIdentifier,
} from "@dnd-kit/core";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { useClient, useExplain } from "@/realtime/react";
import type { Call, User } from "@/realtime/schema";
import { CarriedCard } from "./CarriedCard";
import { announcements, HOW_TO_CARRY } from "./carryingWords";
import { underPoint, useCarrying } from "./dragging";
import type { Status } from "./filters";
import type { Move } from "./moves";
import { type Verdict, verdictOnColumn, verdictOnPerson } from "./verdicts";

/** A place to drop on, as its droppable names it. */
export type TargetData = { status?: Status; user?: User };

interface Carrying {
  /** The call that is carried, if any. */
  call: Call | null;
  onColumn(status: Status): Verdict | null;
  onPerson(user: User): Verdict | null;
}

const CarryingContext = createContext<Carrying>({ call: null, onColumn: () => null, onPerson: () => null });

/** What is being carried, and what dropping it somewhere would do. */
export const useCarried = (): Carrying => useContext(CarryingContext);

export interface DragGroundProps {
  children: ReactNode;
  /** How many are carried along with this one, itself included. */
  countWith(id: string): number;
  onDrop(call: Call, move: Move): void;
}

/** Lets what stands on it be carried. */
export function DragGround({ children, countWith, onDrop }: DragGroundProps) {
  const client = useClient();
  const sensors = useCarrying();
  const [call, setCall] = useState<Call | null>(null);
  const [over, setOver] = useState<TargetData | null>(null);
  const carrying = useVerdicts(call);
  const verdict = over === null ? null : verdictOf(carrying, over);

  const callOf = (id: UniqueIdentifier) => client.records.getState().calls.get(String(id));
  const said = announcements(callOf, (target) => verdictOf(carrying, target));
  const onDragStart = ({ active }: DragStartEvent) => setCall(callOf(active.id) ?? null);
  const onDragOver = (event: DragOverEvent) => setOver((event.over?.data.current as TargetData | undefined) ?? null);
  const onDragEnd = (event: DragEndEvent) => {
    const target = (event.over?.data.current as TargetData | undefined) ?? null;
    const last = target && verdictOf(carrying, target);
    if (call !== null && last?.mark === "allowed") onDrop(call, last.move);
    stop();
  };
  const stop = () => {
    setCall(null);
    setOver(null);
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={underPoint}
      autoScroll={SCROLL_SIDEWAYS}
      accessibility={{ announcements: said, screenReaderInstructions: HOW_TO_CARRY }}
      onDragStart={onDragStart}
      onDragOver={onDragOver}
      onDragEnd={onDragEnd}
      onDragCancel={stop}
    >
      <CarryingContext value={carrying}>{children}</CarryingContext>
      <DragOverlay dropAnimation={null} zIndex={300}>
        {call && <CarriedCard call={call} count={countWith(call.id)} verdict={verdict} />}
      </DragOverlay>
    </DndContext>
  );
}

/** Columns do not scroll under a carried card; the whole board does, where it is wider than the page. */
const SCROLL_SIDEWAYS = {
  layoutShiftCompensation: false,
  canScroll: (element: Element) => element.hasAttribute("data-board"),
} as const;

function useVerdicts(call: Call | null): Carrying {
  const permission = useExplain("calls", call?.id ?? null);
  const onColumn = useCallback(
    (status: Status) => call && verdictOnColumn(call, status, permission),
    [call, permission],
  );
  const onPerson = useCallback((user: User) => call && verdictOnPerson(call, user, permission), [call, permission]);
  return useMemo(() => ({ call, onColumn, onPerson }), [call, onColumn, onPerson]);
}

function verdictOf(carrying: Carrying, target: TargetData): Verdict | null {
  if (target.status !== undefined) return carrying.onColumn(target.status);
  return target.user === undefined ? null : carrying.onPerson(target.user);
}
