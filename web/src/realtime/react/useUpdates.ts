// Being told of live changes (WEB L6): of everything, of one kind of record, or of several at once. Handlers may be
// written in place: the newest is called, and none after the component is gone.
import { useEffect, useRef, useState } from "react";
import type { Meta, Plural, RecordOf } from "@/realtime";
import { listen, type Update } from "./listening";
import { useClient } from "./RealtimeProvider";
import { useIsConnected, useStatus } from "./useStatus";

/** What to do at each kind of change. */
export interface UpdateHandlers<P extends Plural> {
  onInsert?: (record: RecordOf<P>, meta: Meta) => void;
  onUpdate?: (record: RecordOf<P>, meta: Meta) => void;
  onDelete?: (record: RecordOf<P>, meta: Meta) => void;
}

/** The newest value of something, for callbacks that outlive a rendering. */
function useNewest<T>(value: T) {
  const newest = useRef(value);
  useEffect(() => {
    newest.current = value;
  });
  return newest;
}

function hand<P extends Plural>(handlers: UpdateHandlers<P> | undefined, { kind, record, meta }: Update<P>) {
  if (kind === "insert") handlers?.onInsert?.(record, meta);
  else if (kind === "update") handlers?.onUpdate?.(record, meta);
  else handlers?.onDelete?.(record, meta);
}

/** Live changes of one kind of record. */
export function useUpdates<P extends Plural>(plural: P, handlers: UpdateHandlers<P> = {}) {
  const client = useClient();
  const status = useStatus();
  const isConnected = useIsConnected();
  const newest = useNewest(handlers);
  const [latestUpdate, setLatest] = useState<Update<P> | null>(null);
  useEffect(
    () =>
      listen(client, plural, (update) => {
        setLatest(update);
        hand(newest.current, update);
      }),
    [client, plural, newest],
  );
  return { isConnected, error: isConnected ? null : status.reason, latestUpdate };
}

/** Handlers by kind of record. */
export type AllHandlers = { [P in Plural]?: UpdateHandlers<P> };

/** Live changes of several kinds of records at once. */
export function useAllUpdates(handlers: AllHandlers) {
  const client = useClient();
  const isConnected = useIsConnected();
  const newest = useNewest(handlers);
  const names = Object.keys(handlers).sort().join(" ");
  useEffect(() => {
    const offs = (names === "" ? [] : (names.split(" ") as Plural[])).map((plural) =>
      listen(client, plural, (update) => hand(newest.current[plural] as UpdateHandlers<Plural>, update)),
    );
    return () => {
      for (const off of offs) off();
    };
  }, [client, names, newest]);
  return { isConnected, activeSubscriptions: isConnected && names !== "" ? (names.split(" ") as Plural[]) : [] };
}
