// How many records use each category, from memory: what a deletion would have to move.

/** The number of records per category, in one pass. */
export function usesByCategory(
  records: Iterable<{ readonly category_id: string | null }>,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { category_id } of records) {
    if (category_id !== null) found.set(category_id, (found.get(category_id) ?? 0) + 1);
  }
  return found;
}
