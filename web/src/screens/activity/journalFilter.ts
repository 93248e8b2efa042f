// Which part of the journal is looked at, kept in the address so that it can be sent to a colleague.
import type { Plural } from "@/realtime/schema";

/** Kinds of record the journal can be narrowed to, in the order in which they are offered. */
export const KINDS = [
  "calls",
  "services",
  "customers",
  "users",
  "categories",
  "service_categories",
  "notes",
] as const satisfies readonly Plural[];

/** What is looked at. Days are local ones, `2026-11-20`, both included. */
export interface JournalFilter {
  readonly actor: string | null;
  readonly resource: Plural | null;
  readonly from: string | null;
  readonly to: string | null;
}

/** The filter that an address names; what it does not know it leaves out. */
export function filterOf(query: URLSearchParams): JournalFilter {
  const kind = query.get("kind");
  return {
    actor: query.get("person"),
    resource: KINDS.find((known) => known === kind) ?? null,
    from: dayOf(query.get("from")),
    to: dayOf(query.get("to")),
  };
}

/** The address of a filter; everything else in it stays. */
export function withFilter(query: URLSearchParams, filter: JournalFilter): URLSearchParams {
  const next = new URLSearchParams(query);
  const words = { person: filter.actor, kind: filter.resource, from: filter.from, to: filter.to };
  for (const [name, value] of Object.entries(words)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  return next;
}

/** Whether anything is left out. */
export const isNarrowed = (filter: JournalFilter): boolean => Object.values(filter).some((value) => value !== null);

/** The moments between which entries must lie: from the start of the first day, to before the day after the last. */
export function momentsOf(filter: JournalFilter): { readonly from: string | null; readonly before: string | null } {
  return { from: filter.from && midnight(filter.from, 0), before: filter.to && midnight(filter.to, 1) };
}

/** Whether a live entry belongs to what is looked at. */
export function belongs(
  entry: { readonly actor: { readonly id: string }; readonly resource: Plural; readonly at: string },
  filter: JournalFilter,
): boolean {
  const { from, before } = momentsOf(filter);
  return (
    (filter.actor === null || entry.actor.id === filter.actor) &&
    (filter.resource === null || entry.resource === filter.resource) &&
    (from === null || entry.at >= from) &&
    (before === null || entry.at < before)
  );
}

function dayOf(text: string | null): string | null {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
}

function midnight(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}
