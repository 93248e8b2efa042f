// What a person filters the calls by, and how it stands in the address (S2), so that a link, a reload and a saved view
// all show the same board. The address holds nothing that is at its default; what others keep there stays untouched.
import type { Call } from "@/realtime/schema";

/** A call's status. */
export type Status = Call["status"];
/** A call's priority. */
export type Priority = Call["priority"];

/** In the order in which a call goes through them. */
export const STATUSES: readonly Status[] = [
  "new",
  "assigned",
  "in_progress",
  "on_hold",
  "completed",
  "closed",
  "cancelled",
];
/** What still has to be done. */
export const OPEN: readonly Status[] = ["new", "assigned", "in_progress", "on_hold"];
/** What the board shows while no status is filtered by. */
export const SHOWN_AT_FIRST: readonly Status[] = [...OPEN, "completed"];
/** From the most pressing to the least. */
export const PRIORITIES: readonly Priority[] = ["urgent", "high", "normal", "low"];

/** A filter on the calls; empty lists let everything through. */
export interface CallFilters {
  text: string;
  statuses: readonly Status[];
  /** ids of users, or `me`, or `nobody` */
  assignees: readonly string[];
  /** ids of categories, or `none` */
  categories: readonly string[];
  priorities: readonly Priority[];
  overdue: boolean;
  /** first day of creation, `2026-11-20` in the reader's own time */
  from: string | null;
  /** last day of creation */
  to: string | null;
}

/** The filter that lets through what the board shows at first. */
export const NO_FILTERS: CallFilters = {
  text: "",
  statuses: [],
  assignees: [],
  categories: [],
  priorities: [],
  overdue: false,
  from: null,
  to: null,
};

const NAMES = ["q", "status", "assignee", "category", "priority", "overdue", "from", "to"] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const listOf = (params: URLSearchParams, name: string) =>
  (params.get(name) ?? "").split(",").filter((word) => word !== "");
const known = <T extends string>(words: readonly string[], all: readonly T[]) =>
  all.filter((word) => words.includes(word));
const dayOf = (params: URLSearchParams, name: string) => {
  const day = params.get(name) ?? "";
  return DAY.test(day) && !Number.isNaN(Date.parse(day)) ? day : null;
};

/** Reads the filters out of an address; what makes no sense there counts as not said. */
export function readFilters(params: URLSearchParams): CallFilters {
  return {
    text: params.get("q") ?? "",
    statuses: known(listOf(params, "status"), STATUSES),
    assignees: listOf(params, "assignee"),
    categories: listOf(params, "category"),
    priorities: known(listOf(params, "priority"), PRIORITIES),
    overdue: params.get("overdue") === "yes",
    from: dayOf(params, "from"),
    to: dayOf(params, "to"),
  };
}

const written = (filters: CallFilters): Record<(typeof NAMES)[number], string> => ({
  q: filters.text.trim(),
  status: known(filters.statuses, STATUSES).join(","),
  assignee: [...filters.assignees].sort().join(","),
  category: [...filters.categories].sort().join(","),
  priority: known(filters.priorities, PRIORITIES).join(","),
  overdue: filters.overdue ? "yes" : "",
  from: filters.from ?? "",
  to: filters.to ?? "",
});

/** The same address with these filters in it. */
export function withFilters(params: URLSearchParams, filters: CallFilters): URLSearchParams {
  const next = new URLSearchParams(params);
  const words = written(filters);
  for (const name of NAMES) {
    if (words[name] === "") next.delete(name);
    else next.set(name, words[name]);
  }
  return next;
}

/** One spelling for filters that mean the same: what a saved view keeps and is recognised by. */
export function spelled(filters: CallFilters): string {
  return withFilters(new URLSearchParams(), filters).toString();
}

/** How many things are filtered by, the search words aside. */
export function filterCount(filters: CallFilters): number {
  const lists = [filters.statuses, filters.assignees, filters.categories, filters.priorities];
  const days = filters.from !== null || filters.to !== null;
  return lists.filter((list) => list.length > 0).length + Number(filters.overdue) + Number(days);
}
