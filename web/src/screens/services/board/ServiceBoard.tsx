// The board of repairs: a column for each status, cards that are dragged on, and the keyboard moving among them (S3, U2).
import { DndContext, DragOverlay, MouseSensor, pointerWithin, useSensor, useSensors } from "@dnd-kit/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import { useNarrow } from "@/app/useNarrow";
import { useClient, useRecord } from "@/realtime/react";
import type { Service } from "@/realtime/schema";
import type { Deed } from "../dialogs/useDeeds";
import type { Column } from "../grouping";
import { commandOf, moveTo, type Status } from "../stages";
import { HandsContext } from "./hands";
import { OneColumn } from "./OneColumn";
import styles from "./ServiceBoard.module.css";
import { ServiceCard } from "./ServiceCard";
import { ServiceColumn } from "./ServiceColumn";
import { useCardKeys } from "./useCardKeys";
import { useCardMenu } from "./useCardMenu";
import { useLookers } from "./useLookers";
import { useTaking } from "./useTaking";

export interface ServiceBoardProps {
  columns: readonly Column[];
  shownBy: string;
  /** The repair whose drawer is open. */
  chosen: string | null;
  to: (service: Pick<Service, "id" | "number">) => string;
  run: (service: Service, deed: Deed) => void;
}

/** The board. */
export function ServiceBoard({ columns, shownBy, chosen, to, run }: ServiceBoardProps) {
  const narrow = useNarrow();
  const mine = useStore(useClient().records, (held) => held.pending);
  const { menu, open } = useCardMenu(run);
  const keys = useCardKeys(columns, menu);
  const hands = useMemo(() => ({ to, menu, ...keys.hands }), [to, menu, keys.hands]);
  const board = useOutFromUnder(chosen);
  const lookers = useLookers();
  const drag = useDragging(run);
  const taking = useTaking(drag.service);
  const column = ({ status, services }: Column, bare = false) => (
    <ServiceColumn
      key={status}
      status={status}
      services={services}
      mine={mine}
      shownBy={shownBy}
      at={keys.at}
      goal={keys.goal}
      lookers={lookers}
      chosen={chosen}
      taking={taking(status)}
      draggable={!narrow}
      bare={bare}
    />
  );
  return (
    <HandsContext value={hands}>
      <DndContext {...drag.context}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrows belong to the cards inside */}
        <div ref={board} className={styles.board} data-narrow={narrow || undefined} onKeyDown={keys.press}>
          {narrow ? (
            <OneColumn columns={columns} show={(one) => column(one, true)} />
          ) : (
            columns.map((one) => column(one))
          )}
        </div>
        <DragOverlay dropAnimation={null}>
          {drag.service && <ServiceCard service={drag.service} reachable={false} />}
        </DragOverlay>
      </DndContext>
      {open}
    </HandsContext>
  );
}

/** The open repair's card is scrolled out from under its drawer, as soon as the drawer has told how wide it is. */
function useOutFromUnder(chosen: string | null) {
  const board = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen === null) return;
    const bring = () =>
      board.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    const page = document.documentElement;
    const told = new MutationObserver(bring);
    told.observe(page, { attributes: true, attributeFilter: ["style"] });
    bring();
    return () => told.disconnect();
  }, [chosen]);
  return board;
}

/** What is dragged now, and what dropping it does. A short way with the mouse is a click. */
function useDragging(run: (service: Service, deed: Deed) => void) {
  const [id, setId] = useState<string | null>(null);
  const service = useRecord("services", id) ?? null;
  const sensors = useSensors(useSensor(MouseSensor, { activationConstraint: { distance: 6 } }));
  const context = {
    sensors,
    collisionDetection: pointerWithin,
    onDragStart: (event: { active: { id: string | number } }) => setId(String(event.active.id)),
    onDragCancel: () => setId(null),
    onDragEnd: (event: { over: { id: string | number } | null }) => {
      setId(null);
      if (service !== null && event.over !== null) drop(service, event.over.id as Status, run);
    },
  };
  return { service, context };
}

function drop(service: Service, status: Status, run: (service: Service, deed: Deed) => void) {
  const move = moveTo(service.status, status);
  const command = commandOf(move);
  if (command !== null) run(service, move.kind === "advance" ? { command, stage: move.status } : { command });
}
