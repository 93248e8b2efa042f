// The tags in use, so that the same thing is called the same.
import type { Customer } from "@/realtime/schema";

/** Every tag that a customer carries, by how often, then by name. */
export function tagsOf(customers: Iterable<Pick<Customer, "tags">>): string[] {
  const count = new Map<string, number>();
  for (const { tags } of customers) for (const tag of tags) count.set(tag, (count.get(tag) ?? 0) + 1);
  return [...count].sort(([a, n], [b, m]) => m - n || a.localeCompare(b)).map(([tag]) => tag);
}
