// The activity of one record: fetched by page, and what happens from now on put on top as it is heard, without asking
// again and without a flicker. Asked again only where something was missed.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Plural } from "@/realtime";
import { useClient, usePending, useRecord } from "@/realtime/react";
import { type Activity, activityOf, joined } from "./timelineEntries";

const PAGE = 30;

/** The record's changes, newest first, and how to fetch earlier ones. */
export interface ActivityFeed {
  changes: readonly Activity[];
  more: boolean;
  fetchMore: () => void;
  loading: boolean;
  failed: boolean;
}

/** What was done with this record. */
export function useActivity(plural: Plural, id: string): ActivityFeed {
  const client = useClient();
  const live = useLiveActivity(plural, id);
  const query = useInfiniteQuery({
    queryKey: ["activity", plural, id],
    queryFn: ({ pageParam }) =>
      client.ask("activity", { resource: plural, id, limit: PAGE, ...(pageParam ? { after: pageParam } : {}) }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    staleTime: 5_000,
  });
  useCatchUp(plural, id, query.dataUpdatedAt, live, query.refetch);
  const fetched = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return {
    changes: useMemo(() => joined(fetched, live), [fetched, live]),
    more: query.hasNextPage,
    fetchMore: () => void query.fetchNextPage(),
    loading: query.isPending,
    failed: query.isError,
  };
}

/** What is heard of this record while it is shown. */
function useLiveActivity(plural: Plural, id: string): readonly Activity[] {
  const client = useClient();
  const [heard, setHeard] = useState<{ id: string; changes: readonly Activity[] }>({ id, changes: [] });
  const confirmed = useConfirmed(plural, id);
  useEffect(
    () =>
      client.on("*", (record, meta) => {
        if (meta.resource !== plural || meta.id !== id) return;
        const change = activityOf(meta, record, confirmed(meta.version));
        setHeard((now) => ({ id, changes: now.id === id ? [...now.changes, change] : [change] }));
      }),
    [client, plural, id, confirmed],
  );
  return heard.id === id ? heard.changes : NONE;
}

const NONE: readonly Activity[] = [];

/** Gives the record as it stood before a version, as far as it was seen here: guesses of my own never count. */
function useConfirmed(plural: Plural, id: string) {
  const client = useClient();
  const seen = useRef<{ version: number }[]>([]);
  useEffect(() => {
    const look = () => {
      const held = client.records.getState();
      const record = held[plural].get(id);
      if (!record || held.pending.has(id) || seen.current.at(-1) === record) return;
      seen.current = [...seen.current.slice(-1), record];
    };
    seen.current = [];
    look();
    return client.records.subscribe(look);
  }, [client, plural, id]);
  return useCallback((version: number) => seen.current.findLast((record) => record.version < version), []);
}

/** Fetches again where the record moved on and no event told of it: after a fresh snapshot, say. */
function useCatchUp(
  plural: Plural,
  id: string,
  fetchedAt: number,
  live: readonly Activity[],
  refetch: () => Promise<unknown>,
): void {
  const version = useRecord(plural, id)?.version ?? 0;
  const pending = usePending(id);
  const known = useRef({ version, fetchedAt, heard: live.length });
  useEffect(() => {
    if (pending) return;
    const before = known.current;
    known.current = { version, fetchedAt, heard: live.length };
    const told = live.length > before.heard || fetchedAt !== before.fetchedAt;
    if (fetchedAt > 0 && version > before.version && !told) void refetch();
  }, [version, pending, fetchedAt, live.length, refetch]);
}
