// The finds for what is typed: those of this browser first, then what only the server knows, by kind.
import { useMemo } from "react";
import { useClient } from "@/realtime/react";
import type { FoundPlural, Hits, RecordSearch } from "./recordSearch";
import { useServerSearch } from "./useServerSearch";

const MOST = 6;
const ORDER: readonly FoundPlural[] = ["calls", "services", "customers", "users"];

/** Grouped by kind; kinds without any are left out. */
export function usePaletteHits(search: RecordSearch, query: string): readonly Hits[] {
  const { records } = useClient();
  const isCommand = query.startsWith(">");
  const local = useMemo(
    () => (isCommand ? [] : search.find(records.getState(), query, MOST)),
    [search, records, query, isCommand],
  );
  const remote = useServerSearch(query);
  return useMemo(() => {
    const held = records.getState();
    const news = remote.filter(({ plural, id }) => !held[plural].has(id));
    if (news.length === 0) return local;
    return ORDER.flatMap((plural) => {
      const known = local.find((group) => group.plural === plural) ?? { plural, hits: [], total: 0 };
      const more = news.filter((hit) => hit.plural === plural);
      const total = known.total + more.length;
      return total === 0 ? [] : [{ plural, hits: [...known.hits, ...more], total }];
    });
  }, [local, remote, records]);
}
