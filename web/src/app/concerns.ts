// Which live changes concern me (U1): work given to me, work taken from me, my role. Everything else is no news. Pure over a
// client, so that who shows it, and how, is another matter.
import type { Call, Client, Meta, Service, User } from "@/realtime";

/** The kinds of work that belong to somebody. */
export type WorkPlural = "calls" | "services";

export type Work = Call | Service;

export type Concern =
  | { kind: "assigned"; plural: WorkPlural; record: Work; meta: Meta }
  | { kind: "taken"; plural: WorkPlural; record: Work; meta: Meta; how: "given" | "released" | "deleted" }
  | { kind: "role"; role: string; meta: Meta };

const LEARN_MS = 500;

/** Tells of what concerns `me`, until called off. One's own deeds are no news to oneself. */
export function watchConcerns(client: Pick<Client, "on" | "records">, me: string, tell: (concern: Concern) => void) {
  const mine = followMine(client, me);
  const off = client.on("*", (record, meta, event) => {
    if (isWork(meta.resource)) {
      const isGone = event.endsWith("_deleted") || event === "record_hidden";
      const concern = concernOf({ plural: meta.resource, record: record as Work, meta, isGone }, me, mine.ids);
      if (concern !== null && meta.actor.id !== me) tell(concern);
    } else if (event === "user_updated" && meta.id === me && meta.actor.id !== me && meta.changed.includes("role")) {
      tell({ kind: "role", role: (record as User).role, meta });
    }
  });
  return () => {
    off();
    mine.off();
  };
}

const isWork = (resource: string): resource is WorkPlural => resource === "calls" || resource === "services";

/** Whose work a record is. */
export const ownerOf = (record: Work): string | null =>
  "assignee_id" in record ? record.assignee_id : record.technician_id;

interface Change {
  plural: WorkPlural;
  record: Work;
  meta: Meta;
  isGone: boolean;
}

/** What a change means for me; `mine` is afterwards as it is after the change. */
function concernOf({ plural, record, meta, isGone }: Change, me: string, mine: Set<string>): Concern | null {
  const wasMine = mine.has(meta.id);
  const isMine = !isGone && ownerOf(record) === me;
  if (isMine) mine.add(meta.id);
  else mine.delete(meta.id);
  if (isMine && !wasMine) return { kind: "assigned", plural, record, meta };
  if (isMine || !wasMine) return null;
  const how = isGone ? "deleted" : ownerOf(record) === null ? "released" : "given";
  return { kind: "taken", plural, record, meta, how };
}

/** The ids of my work, kept by the events and, where records changed in another way, learned anew shortly after. */
function followMine({ records }: Pick<Client, "records">, me: string) {
  const ids = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const learn = () => {
    timer = undefined;
    const { calls, services } = records.getState();
    ids.clear();
    for (const call of calls.values()) if (call.assignee_id === me) ids.add(call.id);
    for (const service of services.values()) if (service.technician_id === me) ids.add(service.id);
  };
  learn();
  const off = records.subscribe((now, before) => {
    if (!before.loaded) learn();
    else if (now.calls !== before.calls || now.services !== before.services) timer ??= setTimeout(learn, LEARN_MS);
  });
  return {
    ids,
    off: () => {
      off();
      clearTimeout(timer);
    },
  };
}
