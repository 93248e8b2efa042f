// The repairs as rows: sorted by a click on a heading, of which only those in sight are drawn, so that thousands stay
// smooth (U4). Arrows and j/k move, Enter opens (U2).
import { Fragment, useMemo, useRef } from "react";
import { useStore } from "zustand";
import { useClient } from "@/realtime/react";
import type { Service } from "@/realtime/schema";
import { useCardWindow } from "@/screens/calls/useCardWindow";
import { useHeldOrder } from "@/screens/calls/useHeldOrder";
import { useSomebodyIn } from "@/screens/calls/useSomebodyIn";
import { HandsContext } from "../board/hands";
import { useCardKeys } from "../board/useCardKeys";
import { useCardMenu } from "../board/useCardMenu";
import type { Deed } from "../dialogs/useDeeds";
import { withFilters, withSorting } from "../filters";
import type { Address } from "../useAddress";
import { useRows } from "../useServices";
import { ListHead } from "./ListHead";
import styles from "./ServiceList.module.css";
import { ServiceRow } from "./ServiceRow";

export interface ServiceListProps {
  services: readonly Service[];
  address: Address;
  chosen: string | null;
  run: (service: Service, deed: Deed) => void;
}

const ROW = 36;

/** The list. */
export function ServiceList({ services, address, chosen, run }: ServiceListProps) {
  const rows = useRows(services, address.sorting);
  const mine = useStore(useClient().records, (held) => held.pending);
  const somebody = useSomebodyIn();
  const shownBy = withSorting(withFilters(new URLSearchParams(), address.filters), address.sorting).toString();
  const { places, waiting, release } = useHeldOrder(rows, { ...somebody, mine }, shownBy);
  const { menu, open } = useCardMenu(run);
  const column = useMemo(() => [{ status: "received", services: places.map(({ item }) => item) } as const], [places]);
  const keys = useCardKeys(column, menu);
  const hands = useMemo(() => ({ to: address.to, menu, ...keys.hands }), [address.to, menu, keys.hands]);
  const scroller = useRef<HTMLDivElement>(null);
  const { items, height } = useCardWindow({ places, scroller, cardHeight: ROW, current: keys.at, goal: keys.goal });
  return (
    <HandsContext value={hands}>
      <div className={styles.frame}>
        {waiting > 0 && (
          <button type="button" className={styles.waiting} onClick={release}>
            {waiting} new
          </button>
        )}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrows belong to the rows inside */}
        <div ref={scroller} className={styles.scroller} onKeyDown={keys.press} {...somebody.handlers}>
          <table className={styles.table} aria-rowcount={places.length + 1}>
            <ListHead sorting={address.sorting} onSort={address.sort} />
            <tbody>
              {items.map(({ index, start }, nth) => {
                const place = places[index];
                const before = items[nth - 1];
                return (
                  place && (
                    <Fragment key={place.item.id}>
                      <Space height={start - (before?.end ?? 0)} />
                      <ServiceRow
                        service={place.item}
                        ghost={place.ghost}
                        index={index + 2}
                        reachable={keys.at === place.item.id}
                        chosen={chosen === place.item.id}
                      />
                    </Fragment>
                  )
                );
              })}
              <Space height={height - (items.at(-1)?.end ?? 0)} />
            </tbody>
          </table>
        </div>
      </div>
      {open}
    </HandsContext>
  );
}

/** The room of the rows that are not drawn. */
function Space({ height }: { height: number }) {
  return height > 0 ? (
    <tr>
      <td className={styles.space} style={{ height }} />
    </tr>
  ) : null;
}
