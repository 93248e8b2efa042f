// What a person filters the repairs by, and how it stands in the address, so that a link and a reload show the same board.
// The address holds nothing that is at its default; what others keep there stays untouched.
import { COLUMNS, STATUSES, type Status } from "./stages";

/** Which promises are looked for. */
export type PromisedFilter = "late" | "today" | "week" | "none";
/** As columns, or as rows. */
export type Layout = "board" | "list";
/** What rows are ordered by. */
export type SortKey = "number" | "device" | "customer" | "status" | "technician" | "promised" | "received";

export interface Sorting {
  key: SortKey;
  down: boolean;
}

export interface ServiceFilters {
  text: string;
  statuses: readonly Status[];
  /** id of a user, or `me`, or `nobody` */
  technician: string | null;
  /** id of a category, or `none` */
  category: string | null;
  promised: PromisedFilter | null;
}

/** The filter that lets through what the board shows at first: all that is in the house. */
export const NO_FILTERS: ServiceFilters = { text: "", statuses: [], technician: null, category: null, promised: null };
/** The order of rows at first: what is due first. */
export const FIRST_SORTING: Sorting = { key: "promised", down: false };

const PROMISED: readonly PromisedFilter[] = ["late", "today", "week", "none"];
const KEYS: readonly SortKey[] = ["number", "device", "customer", "status", "technician", "promised", "received"];

const known = <T extends string>(word: string | null, all: readonly T[]) => all.find((one) => one === word) ?? null;

/** Reads the filters out of an address; what makes no sense there counts as not said. */
export function readFilters(params: URLSearchParams): ServiceFilters {
  const statuses = (params.get("status") ?? "").split(",");
  return {
    text: params.get("q") ?? "",
    statuses: STATUSES.filter((status) => statuses.includes(status)),
    technician: params.get("technician"),
    category: params.get("category"),
    promised: known(params.get("promised"), PROMISED),
  };
}

/** Reads the layout out of an address. */
export function readLayout(params: URLSearchParams): Layout {
  return params.get("view") === "list" ? "list" : "board";
}

/** Reads the order of rows out of an address: `sort=-received`. */
export function readSorting(params: URLSearchParams): Sorting {
  const said = params.get("sort") ?? "";
  const key = known(said.replace(/^-/, ""), KEYS);
  return key === null ? FIRST_SORTING : { key, down: said.startsWith("-") };
}

const put = (params: URLSearchParams, name: string, word: string | null) => {
  const next = new URLSearchParams(params);
  if (word === null || word === "") next.delete(name);
  else next.set(name, word);
  return next;
};

/** The same address with these filters in it. */
export function withFilters(params: URLSearchParams, filters: ServiceFilters): URLSearchParams {
  const statuses = STATUSES.filter((status) => filters.statuses.includes(status)).join(",");
  let next = put(params, "q", filters.text.trim());
  next = put(next, "status", statuses);
  next = put(next, "technician", filters.technician);
  next = put(next, "category", filters.category);
  return put(next, "promised", filters.promised);
}

/** The same address with this layout in it. */
export function withLayout(params: URLSearchParams, layout: Layout): URLSearchParams {
  return put(params, "view", layout === "board" ? null : layout);
}

/** The same address with this order in it. */
export function withSorting(params: URLSearchParams, { key, down }: Sorting): URLSearchParams {
  const first = key === FIRST_SORTING.key && down === FIRST_SORTING.down;
  return put(params, "sort", first ? null : `${down ? "-" : ""}${key}`);
}

/** The statuses that are shown: those chosen, else all that are in the house. */
export function shownStatuses(filters: Pick<ServiceFilters, "statuses">): readonly Status[] {
  return filters.statuses.length > 0 ? filters.statuses : COLUMNS;
}

/** Is anything filtered by at all? */
export function isFiltered(filters: ServiceFilters): boolean {
  return withFilters(new URLSearchParams(), filters).size > 0;
}
