// Hearing the changes of one kind of record as insertions, changes and removals; the hooks of updates stand on it.

import type { Client, Meta, Off, Plural, RecordOf } from "@/realtime";
import { eventsOf, type Kind } from "./eventNames";

/** One live change. */
export interface Update<P extends Plural = Plural> {
  kind: Kind;
  /** The record after it; of a removal the last one known, of a record that I may no longer read only its id. */
  record: RecordOf<P>;
  meta: Meta;
}

/** Calls `told` at every live change of this kind of record until the answer is called. */
export function listen<P extends Plural>(
  client: Pick<Client, "on">,
  plural: P,
  told: (update: Update<P>) => void,
): Off {
  const offs = eventsOf(plural).map(([event, kind]) =>
    client.on(event, (record: unknown, meta: Meta) => {
      if (meta.resource === plural) told({ kind, record: record as RecordOf<P>, meta });
    }),
  );
  return () => {
    for (const off of offs) off();
  };
}
