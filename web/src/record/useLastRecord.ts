// The record that is looked at, also after it is gone: what it was, who took it away and when (S2). Nothing typed into it
// is lost with it.
import { useEffect, useState } from "react";
import type { Plural, RecordOf } from "@/realtime";
import { useClient, useRecordByNumber } from "@/realtime/react";

/** Who took a record away, and when; by nobody known where that was not heard. */
export interface Gone {
  by: string | null;
  at: string | null;
}

interface Looked<P extends Plural> {
  /** The record as it is, or as it last was; undefined where there was none. */
  record: RecordOf<P> | undefined;
  gone: Gone | null;
}

/** The record with this number (or id), or what is known of it after it is gone. */
export function useLastRecord<P extends Plural>(plural: P, number: string): Looked<P> {
  const record = useRecordByNumber(plural, number);
  const [last, setLast] = useState({ number, record });
  if (record ? last.record !== record : last.number !== number) setLast({ number, record });
  const known = last.number === number ? last.record : undefined;
  const heard = useTakenAway(plural, known?.id);
  if (record) return { record, gone: null };
  return { record: known, gone: known ? (heard ?? { by: null, at: null }) : null };
}

/** Who took the record away, as the live event told it. */
function useTakenAway(plural: Plural, id: string | undefined): Gone | null {
  const client = useClient();
  const [heard, setHeard] = useState<(Gone & { id: string }) | null>(null);
  useEffect(() => {
    if (id === undefined) return;
    return client.on("*", (_record, meta) => {
      if (meta.resource !== plural || meta.id !== id) return;
      const isThere = client.records.getState()[plural].has(id);
      setHeard(isThere ? null : { id, by: meta.actor.id, at: meta.at });
    });
  }, [client, plural, id]);
  return heard && heard.id === id ? { by: heard.by, at: heard.at } : null;
}
