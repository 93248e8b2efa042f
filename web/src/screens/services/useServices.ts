// The repairs that the filters let through, as columns and as rows, and the figures above them.
import { useDeferredValue, useMemo, useState } from "react";
import { useClient, useMe, useRecords } from "@/realtime/react";
import type { Service } from "@/realtime/schema";
import { type ServiceFilters, type Sorting, shownStatuses } from "./filters";
import { type Column, grouped } from "./grouping";
import { isLate, makeTextOf, matcher, statusTest } from "./matching";
import { listOrder } from "./sorting";
import { isAtWork, isOpen } from "./stages";
import { useToday } from "./useToday";

/** Figures over everything in the house, whatever is filtered by. */
export interface Figures {
  open: number;
  late: number;
  today: number;
  unassigned: number;
  mine: number;
}

/** All that the screen shows of the repairs. */
export interface Shown {
  /** Those that pass the filters, the status among them. */
  services: readonly Service[];
  columns: readonly Column[];
  figures: Figures;
  /** How many there are at all. */
  total: number;
}

/** What the filters let through. The typed words are applied when there is time for it, so that typing stays quick (V5). */
export function useServices(filters: ServiceFilters): Shown {
  const all = useRecords("services");
  const me = useMe().id;
  const today = useToday();
  const [read] = useState(makeTextOf);
  const wanted = useDeferredValue(filters);
  const services = useMemo(() => {
    const passes = matcher(wanted, { me, today, read });
    const isShown = statusTest(wanted);
    return all.filter((service) => isShown(service) && passes(service));
  }, [all, wanted, me, today, read]);
  const columns = useColumns(services, wanted);
  const figures = useMemo(() => figuresOf(all, me, today), [all, me, today]);
  return { services, columns, figures, total: all.length };
}

function useColumns(services: readonly Service[], filters: ServiceFilters): readonly Column[] {
  const [held, setHeld] = useState<{
    services: readonly Service[];
    filters: ServiceFilters;
    columns: readonly Column[];
  }>();
  if (held?.services === services && held.filters === filters) return held.columns;
  const columns = grouped(services, shownStatuses(filters), held?.columns);
  setHeld({ services, filters, columns });
  return columns;
}

/** The figures above the board. */
export function figuresOf(all: Iterable<Service>, me: string, today: string): Figures {
  const figures: Figures = { open: 0, late: 0, today: 0, unassigned: 0, mine: 0 };
  for (const service of all) {
    if (!isOpen(service.status)) continue;
    figures.open += 1;
    if (service.technician_id === me) figures.mine += 1;
    if (!isAtWork(service.status)) continue;
    if (isLate(service, today)) figures.late += 1;
    if (service.promised_on === today) figures.today += 1;
    if (service.technician_id === null) figures.unassigned += 1;
  }
  return figures;
}

/** The same repairs as rows, in the order asked for. */
export function useRows(services: readonly Service[], sorting: Sorting): readonly Service[] {
  const { records } = useClient();
  return useMemo(() => {
    const { users, former } = records.getState();
    const nameOf = (id: string) => users.get(id)?.display_name ?? former.get(id) ?? "";
    return [...services].sort(listOrder(sorting, nameOf));
  }, [services, sorting, records]);
}
