// How much each of the team has on his hands, and when he last changed anything: read off the records in memory, so that
// it is live and costs no question to the server.
import type { Call, Service } from "@/realtime/schema";

const OPEN_CALLS = new Set<Call["status"]>(["new", "assigned", "in_progress", "on_hold"]);
const OPEN_REPAIRS = new Set<Service["status"]>([
  "received",
  "diagnosing",
  "awaiting_approval",
  "awaiting_parts",
  "in_repair",
  "completed",
]);

/** Open calls and repairs of one person. */
export interface OpenWork {
  readonly calls: readonly Call[];
  readonly services: readonly Service[];
}

const NONE: OpenWork = { calls: [], services: [] };

/** Who has what open. A repair that waits to be fetched still has its technician, and must be handed over too. */
export function openWorkByPerson(calls: Iterable<Call>, services: Iterable<Service>): ReadonlyMap<string, OpenWork> {
  const found = new Map<string, { calls: Call[]; services: Service[] }>();
  const of = (id: string) => {
    const work = found.get(id) ?? { calls: [], services: [] };
    found.set(id, work);
    return work;
  };
  for (const call of calls) if (call.assignee_id && OPEN_CALLS.has(call.status)) of(call.assignee_id).calls.push(call);
  for (const service of services) {
    if (service.technician_id && OPEN_REPAIRS.has(service.status)) of(service.technician_id).services.push(service);
  }
  return found;
}

/** What one person has open. */
export const workOf = (work: ReadonlyMap<string, OpenWork>, id: string): OpenWork => work.get(id) ?? NONE;

/** How many things that is. */
export const loadOf = (work: OpenWork): number => work.calls.length + work.services.length;

interface Touched {
  readonly updated_by: string;
  readonly updated_at: string;
}

/** When each of the team last changed a record that still stands as he left it. */
export function lastChanges(...lists: Iterable<Touched>[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const list of lists) {
    for (const { updated_by, updated_at } of list) {
      const last = found.get(updated_by);
      if (last === undefined || last < updated_at) found.set(updated_by, updated_at);
    }
  }
  return found;
}
