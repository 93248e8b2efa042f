// What a customer had done here: his calls and repairs in one row, the newest first; and what of his would move where.
import type { Call, Note, Service } from "@/realtime/schema";

/** One line of a customer's history. */
export type Visit =
  | { readonly kind: "calls"; readonly at: string; readonly record: Call }
  | { readonly kind: "services"; readonly at: string; readonly record: Service };

const CLOSED = new Set<string>(["completed", "closed", "cancelled", "delivered"]);

/** Calls and repairs of one customer, the newest first. */
export function historyOf(customerId: string, calls: readonly Call[], services: readonly Service[]): Visit[] {
  const visits: Visit[] = [
    ...calls
      .filter((call) => call.customer_id === customerId)
      .map((record) => ({ kind: "calls" as const, at: record.created_at, record })),
    ...services
      .filter((service) => service.customer_id === customerId)
      .map((record) => ({ kind: "services" as const, at: record.received_at, record })),
  ];
  return visits.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : b.record.number - a.record.number));
}

/** Whether work on it goes on, or the device still waits to be fetched. */
export function isOpen(visit: Visit): boolean {
  return !CLOSED.has(visit.record.status) || (visit.kind === "services" && visit.record.status === "completed");
}

/** How much stands with each customer: his calls and repairs, and how many of them are open. */
export interface Standing {
  readonly calls: number;
  readonly services: number;
  readonly open: number;
  readonly last: string | null;
}

const NOTHING: Standing = { calls: 0, services: 0, open: 0, last: null };

/** The standing of every customer who has any, in one pass over calls and repairs. */
export function standings(calls: Iterable<Call>, services: Iterable<Service>): ReadonlyMap<string, Standing> {
  const found = new Map<string, Standing>();
  const count = (visit: Visit) => {
    const id = visit.record.customer_id;
    if (id === null) return;
    const old = found.get(id) ?? NOTHING;
    found.set(id, {
      calls: old.calls + (visit.kind === "calls" ? 1 : 0),
      services: old.services + (visit.kind === "services" ? 1 : 0),
      open: old.open + (isOpen(visit) ? 1 : 0),
      last: old.last !== null && old.last > visit.at ? old.last : visit.at,
    });
  };
  for (const record of calls) count({ kind: "calls", at: record.created_at, record });
  for (const record of services) count({ kind: "services", at: record.received_at, record });
  return found;
}

/** How much of a customer a merge would move. */
export interface Belongings {
  readonly calls: number;
  readonly services: number;
  readonly notes: number;
}

/** What moves with a merge, or stands in the way of deleting: closed and old records too. */
export function belongingsOf(
  customerId: string,
  calls: readonly Call[],
  services: readonly Service[],
  notes: readonly Note[],
): Belongings {
  return {
    calls: calls.filter((call) => call.customer_id === customerId).length,
    services: services.filter((service) => service.customer_id === customerId).length,
    notes: notes.filter((note) => note.record_id === customerId).length,
  };
}
