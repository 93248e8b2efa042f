// Which calls are ticked for one common action (S2): single ones by `x` or the box, a run of them with shift.

/** What is ticked, and where a run would begin. */
export interface Selection {
  ids: ReadonlySet<string>;
  anchor: string | null;
}

/** Nothing ticked. */
export const NOTHING: Selection = { ids: new Set(), anchor: null };

/** Ticks or unticks one. */
export function toggled(selection: Selection, id: string): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, anchor: id };
}

/** Ticks everything between the last touched one and this one, in the order in which they stand. */
export function ranged(selection: Selection, order: readonly string[], id: string): Selection {
  const from = selection.anchor === null ? -1 : order.indexOf(selection.anchor);
  const to = order.indexOf(id);
  if (from === -1 || to === -1) return toggled(selection, id);
  const run = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...selection.ids, ...run]), anchor: selection.anchor };
}

/** Unticks what is shown no longer, so that nothing unseen is acted upon. */
export function limited(selection: Selection, shown: ReadonlySet<string>): Selection {
  const ids = [...selection.ids].filter((id) => shown.has(id));
  return ids.length === selection.ids.size ? selection : { ...selection, ids: new Set(ids) };
}
