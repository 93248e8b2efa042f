// What the address says of the calls: filters, order, layout, and the view these make (S2). Changing one of them changes
// the address and nothing else; the rest follows from it.
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { type CallFilters, readFilters, withFilters } from "./filters";
import { readSort, type Sort, withSort } from "./sorting";
import { activeView, type View, withViewIn } from "./views";

/** Columns side by side, or lines. */
export type Layout = "board" | "list";

/** The address, read, and the ways to change it. */
export interface CallsAddress {
  params: URLSearchParams;
  filters: CallFilters;
  sort: Sort;
  layout: Layout;
  /** The view whose filters these are, if one. */
  view: View | null;
  setFilters(filters: CallFilters): void;
  setSort(sort: Sort): void;
  setLayout(layout: Layout): void;
  setView(view: View): void;
}

function withLayout(params: URLSearchParams, layout: Layout): URLSearchParams {
  const next = new URLSearchParams(params);
  if (layout === "list") next.set("as", "list");
  else next.delete("as");
  return next;
}

/** Reads and writes the address. */
export function useCallsAddress(views: readonly View[]): CallsAddress {
  const [params, setParams] = useSearchParams();
  return useMemo(() => {
    // Each step of a filter is no place to go back to; a view is.
    const put = (change: (now: URLSearchParams) => URLSearchParams) => setParams(change, { replace: true });
    return {
      params,
      filters: readFilters(params),
      sort: readSort(params),
      layout: params.get("as") === "list" ? "list" : "board",
      view: activeView(views, params),
      setFilters: (filters) => put((now) => withFilters(now, filters)),
      setSort: (sort) => put((now) => withSort(now, sort)),
      setLayout: (layout) => put((now) => withLayout(now, layout)),
      setView: (view) => setParams((now) => withViewIn(now, view)),
    };
  }, [params, setParams, views]);
}
