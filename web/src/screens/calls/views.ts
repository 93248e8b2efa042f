// Saved views (S2): a name for a set of filters and an order. The four that every desk needs are built in; a person's
// own are kept in the browser for him alone, and read back with mistrust, since anything may stand in a browser's store.
import { type CallFilters, NO_FILTERS, OPEN, readFilters, spelled } from "./filters";

/** A view: `query` is what it puts into the address. */
export interface View {
  id: string;
  name: string;
  query: string;
  own: boolean;
}

const builtIn = (id: string, name: string, filters: Partial<CallFilters>): View => ({
  id,
  name,
  query: spelled({ ...NO_FILTERS, ...filters }),
  own: false,
});

/** What every desk looks at. */
export const BUILT_IN: readonly View[] = [
  builtIn("all", "All", {}),
  builtIn("open", "All open", { statuses: OPEN }),
  builtIn("mine", "Mine", { statuses: OPEN, assignees: ["me"] }),
  builtIn("unassigned", "Unassigned", { statuses: OPEN, assignees: ["nobody"] }),
  builtIn("overdue", "Overdue", { overdue: true }),
];

/** The filters of a view. */
export const filtersOf = (view: View): CallFilters => readFilters(new URLSearchParams(view.query));

const isView = (value: unknown): value is View => {
  if (typeof value !== "object" || value === null) return false;
  const { id, name, query } = value as Record<string, unknown>;
  return typeof id === "string" && typeof name === "string" && typeof query === "string";
};

/** Reads what a browser has kept; anything that is no view is left out. */
export function readViews(kept: string | null | undefined): readonly View[] {
  try {
    const found: unknown = JSON.parse(kept ?? "[]");
    return Array.isArray(found) ? found.filter(isView).map((view) => ({ ...view, own: true })) : [];
  } catch {
    return [];
  }
}

/** Adds a view; one of the same name is replaced. */
export function withView(views: readonly View[], name: string, query: string): readonly View[] {
  const short = name.trim().slice(0, 40);
  const others = views.filter((view) => view.name !== short);
  return [...others, { id: `own:${short}`, name: short, query, own: true }];
}

/** What a view would keep of an address: filters and order, nothing else that stands there. */
export function viewQuery(params: URLSearchParams): string {
  const query = new URLSearchParams(spelled(readFilters(params)));
  const sort = params.get("sort");
  if (sort !== null) query.set("sort", sort);
  return query.toString();
}

/** The address with a view's filters, and its order if it has one. */
export function withViewIn(params: URLSearchParams, view: View): URLSearchParams {
  const next = new URLSearchParams(view.query);
  for (const name of ["as", "new"]) {
    const value = params.get(name);
    if (value !== null) next.set(name, value);
  }
  const sort = params.get("sort");
  if (sort !== null && !next.has("sort")) next.set("sort", sort);
  return next;
}

/** Which view the address shows, if one: its filters are the same, and its order where it has one. */
export function activeView(views: readonly View[], params: URLSearchParams): View | null {
  const filters = spelled(readFilters(params));
  const whole = viewQuery(params);
  return views.find((view) => view.query === whole) ?? views.find((view) => view.query === filters) ?? null;
}
