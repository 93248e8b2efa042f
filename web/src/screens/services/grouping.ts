// Repairs laid into columns by status. A column whose repairs are the same as before keeps its very list, so that a change
// in one column draws that column alone (U4).
import type { Service } from "@/realtime/schema";
import { boardOrder } from "./sorting";
import type { Status } from "./stages";

/** A column of the board and what stands in it, in order. */
export interface Column {
  status: Status;
  services: readonly Service[];
}

const same = (a: readonly Service[], b: readonly Service[]) =>
  a.length === b.length && a.every((service, place) => service === b[place]);

/** Lays repairs into columns; `before` is the former answer, whose unchanged columns are kept. */
export function grouped(
  services: Iterable<Service>,
  statuses: readonly Status[],
  before: readonly Column[] = [],
): readonly Column[] {
  const lists = new Map<Status, Service[]>(statuses.map((status) => [status, []]));
  for (const service of services) lists.get(service.status)?.push(service);
  return statuses.map((status) => {
    const list = (lists.get(status) ?? []).sort(boardOrder);
    const former = before.find((column) => column.status === status);
    return former && same(former.services, list) ? former : { status, services: list };
  });
}
