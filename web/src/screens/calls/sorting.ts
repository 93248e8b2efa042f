// In which order calls stand (S2): one key, up or down, kept in the address as `sort=-created_at`. What lacks the value
// stands last either way, and equal ones by their number, newest first, so that an order is always whole.
import type { Call } from "@/realtime/schema";
import { PRIORITIES, STATUSES } from "./filters";

/** What calls can be sorted by. */
export type SortKey =
  | "created_at"
  | "updated_at"
  | "due_at"
  | "priority"
  | "number"
  | "title"
  | "customer"
  | "category"
  | "status"
  | "assignee";

/** A key and a direction. */
export interface Sort {
  key: SortKey;
  down: boolean;
}

/** The keys with their words, in the order in which they are offered. */
export const SORTS: readonly { key: SortKey; word: string; downFirst: boolean }[] = [
  { key: "created_at", word: "Created", downFirst: true },
  { key: "updated_at", word: "Changed", downFirst: true },
  { key: "priority", word: "Priority", downFirst: true },
  { key: "due_at", word: "Due", downFirst: false },
  { key: "number", word: "Number", downFirst: true },
  { key: "title", word: "Title", downFirst: false },
  { key: "customer", word: "Customer", downFirst: false },
  { key: "category", word: "Category", downFirst: false },
  { key: "status", word: "Status", downFirst: false },
  { key: "assignee", word: "Assignee", downFirst: false },
];

/** New calls first. */
export const SORT_AT_FIRST: Sort = { key: "created_at", down: true };

/** Reads `sort=-created_at`; an unknown key counts as not said. */
export function readSort(params: URLSearchParams): Sort {
  const word = params.get("sort") ?? "";
  const found = SORTS.find(({ key }) => key === word.replace(/^-/, ""));
  return found ? { key: found.key, down: word.startsWith("-") } : SORT_AT_FIRST;
}

/** The same address with this order in it. */
export function withSort(params: URLSearchParams, sort: Sort): URLSearchParams {
  const next = new URLSearchParams(params);
  if (sort.key === SORT_AT_FIRST.key && sort.down === SORT_AT_FIRST.down) next.delete("sort");
  else next.set("sort", (sort.down ? "-" : "") + sort.key);
  return next;
}

/** The order after a click on a heading: the key's own direction first, then the other. */
export function turned(sort: Sort, key: SortKey): Sort {
  if (sort.key === key) return { key, down: !sort.down };
  return { key, down: SORTS.find((one) => one.key === key)?.downFirst ?? false };
}

/** The names behind the ids that a call holds. */
export interface Names {
  person: (id: string) => string;
  category: (id: string) => string;
}

const COLLATOR = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
const PRESSING = new Map(PRIORITIES.map((priority, at) => [priority, PRIORITIES.length - at]));
const STAGE = new Map(STATUSES.map((status, at) => [status, at]));

type Value = string | number | null;

function readerOf(key: SortKey, names: Names): (call: Call) => Value {
  switch (key) {
    case "priority":
      return (call) => PRESSING.get(call.priority) ?? 0;
    case "status":
      return (call) => STAGE.get(call.status) ?? 0;
    case "customer":
      return (call) => call.customer_name;
    case "category":
      return (call) => call.category_id && names.category(call.category_id);
    case "assignee":
      return (call) => call.assignee_id && names.person(call.assignee_id);
    default:
      return (call) => call[key];
  }
}

const spoken = (key: SortKey) => ["title", "customer", "category", "assignee"].includes(key);

function compared(a: string | number, b: string | number, words: boolean): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (words) return COLLATOR.compare(String(a), String(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Compares two calls by this order. */
export function ordering(sort: Sort, names: Names): (a: Call, b: Call) => number {
  const value = readerOf(sort.key, names);
  const words = spoken(sort.key);
  const way = sort.down ? -1 : 1;
  return (one, other) => {
    const a = value(one);
    const b = value(other);
    if (a === null || b === null) {
      if (a !== b) return a === null ? 1 : -1;
    } else {
      const order = compared(a, b, words);
      if (order !== 0) return way * order;
    }
    return other.number - one.number || (one.id < other.id ? -1 : 1);
  };
}
