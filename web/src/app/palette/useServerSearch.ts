// What the server finds and this browser does not hold (U2). Asked a moment after the last letter, so that nobody waits.
import { useEffect, useState } from "react";
import { useClient } from "@/realtime/react";
import type { FoundPlural, Hit } from "./recordSearch";

const PAUSE_MS = 250;
const SHORTEST = 2;
const MOST = 20;

/** The server's own finds for what is typed; nothing while there is none, or no connection. */
export function useServerSearch(query: string): readonly Hit[] {
  const client = useClient();
  const [found, setFound] = useState<{ query: string; hits: readonly Hit[] }>({ query: "", hits: [] });
  useEffect(() => {
    if (query.trim().length < SHORTEST || query.startsWith(">")) return;
    let over = false;
    const timer = setTimeout(() => {
      client.ask("search", { q: query.trim(), limit: MOST }).then(
        ({ items }) => {
          if (!over) setFound({ query, hits: items.flatMap(hitOf) });
        },
        () => undefined, // what is held here is shown all the same
      );
    }, PAUSE_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [client, query]);
  return found.query === query ? found.hits : [];
}

interface Item {
  resource: string;
  id: string;
  number: string | null;
  title: string;
  subtitle: string | null;
}

function hitOf({ resource, id, number, title, subtitle }: Item): Hit[] {
  if (!["calls", "services", "customers", "users"].includes(resource)) return [];
  const digits = Number(/\d+$/.exec(number ?? "")?.[0] ?? 0);
  return [{ plural: resource as FoundPlural, id, number: digits, title, subtitle: subtitle ?? "" }];
}
