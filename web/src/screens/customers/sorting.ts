// The orders in which customers can stand.
import type { Customer } from "@/realtime/schema";
import type { Standing } from "./history";

export type Sort = "name" | "last" | "open";

/** The orders as choices. */
export const SORTS: { value: Sort; label: string }[] = [
  { value: "name", label: "By name" },
  { value: "last", label: "Last here first" },
  { value: "open", label: "Most open first" },
];

/** The order that an address names, else by name. */
export const sortOf = (text: string | null): Sort => SORTS.find((sort) => sort.value === text)?.value ?? "name";

// A collator is made once: making one per comparison takes seconds for ten thousand names.
const names = new Intl.Collator("en", { sensitivity: "base", numeric: true });

const byName = (a: Customer, b: Customer): number => names.compare(a.name, b.name) || a.number - b.number;

/** Customers in this order; those alike in it stand by name. */
export function inOrder(
  customers: readonly Customer[],
  sort: Sort,
  standing: ReadonlyMap<string, Standing>,
): readonly Customer[] {
  const sorted = [...customers].sort(byName);
  if (sort === "name") return sorted;
  const last = (customer: Customer) => standing.get(customer.id)?.last ?? "";
  const open = (customer: Customer) => standing.get(customer.id)?.open ?? 0;
  return sort === "open"
    ? sorted.sort((a, b) => open(b) - open(a))
    : sorted.sort((a, b) => (last(a) < last(b) ? 1 : last(a) > last(b) ? -1 : 0));
}
