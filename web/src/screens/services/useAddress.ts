// The address of the repairs' screen, as its parts read and change it: filters, layout, order, and the repair that is open.
import { useCallback, useMemo } from "react";
import { useNavigate, useSearchParams } from "react-router";
import type { Service } from "@/realtime/schema";
import {
  type Layout,
  readFilters,
  readLayout,
  readSorting,
  type ServiceFilters,
  type Sorting,
  withFilters,
  withLayout,
  withSorting,
} from "./filters";

export interface Address {
  filters: ServiceFilters;
  layout: Layout;
  sorting: Sorting;
  filter: (change: Partial<ServiceFilters>) => void;
  lay: (layout: Layout) => void;
  sort: (sorting: Sorting) => void;
  /** Where a repair stands, with the filters kept. */
  to: (service: Pick<Service, "id" | "number">) => string;
  open: (service: Pick<Service, "id" | "number">) => void;
  close: () => void;
}

/** Reads the address and changes it. */
export function useAddress(): Address {
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const query = params.toString();
  const said = useMemo(() => {
    const now = new URLSearchParams(query);
    return { filters: readFilters(now), layout: readLayout(now), sorting: readSorting(now) };
  }, [query]);
  const filter = useCallback(
    (change: Partial<ServiceFilters>) =>
      setParams((now) => withFilters(now, { ...readFilters(now), ...change }), { replace: true }),
    [setParams],
  );
  const lay = useCallback((layout: Layout) => setParams((now) => withLayout(now, layout)), [setParams]);
  const sort = useCallback((by: Sorting) => setParams((now) => withSorting(now, by), { replace: true }), [setParams]);
  const search = query === "" ? "" : `?${query}`;
  const to = useCallback(
    ({ id, number }: Pick<Service, "id" | "number">) => `/services/${number || id}${search}`,
    [search],
  );
  const open = useCallback((service: Pick<Service, "id" | "number">) => navigate(to(service)), [navigate, to]);
  const close = useCallback(() => navigate(`/services${search}`), [navigate, search]);
  return { ...said, filter, lay, sort, to, open, close };
}
