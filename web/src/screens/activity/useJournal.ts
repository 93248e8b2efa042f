// The journal on screen: its newest page, older ones on asking, and live what comes: at once, or counted until it is
// asked for while somebody reads (V4).
import { useCallback, useEffect, useRef, useState } from "react";
import type { Client } from "@/realtime";
import { useClient } from "@/realtime/react";
import { belongs, type JournalFilter, momentsOf } from "./journalFilter";
import { cutAt, type Journal, type Page, withNewer, withOlder } from "./pages";
import { placeAt } from "./placeAt";

const PAGE = 50;
const GATHER_MS = 400;

/** What the screen shows of the journal. */
export interface JournalShown {
  readonly journal: Journal | null;
  /** The server could not be asked. */
  readonly failed: boolean;
  readonly loadingOlder: boolean;
  /** How many entries wait to be shown. */
  readonly waiting: number;
  older: () => void;
  newer: () => void;
  again: () => void;
}

/** The journal as a filter narrows it. `isRead` says whether somebody reads just now, so that nothing may move. */
export function useJournal(filter: JournalFilter, isRead: () => boolean): JournalShown {
  const client = useClient();
  const [journal, setJournal] = useState<Journal | null>(null);
  const [failed, setFailed] = useState(false);
  const [loadingOlder, setLoadingOlder] = useState(false);
  const [round, setRound] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks again
  useEffect(() => {
    let left = false;
    setJournal(null);
    setFailed(false);
    firstPage(client, filter).then(
      (page) => !left && setJournal(page),
      () => !left && setFailed(true),
    );
    return () => {
      left = true;
    };
  }, [client, filter, round]);

  const older = useCallback(async () => {
    if (journal?.next == null) return;
    setLoadingOlder(true);
    try {
      const page = await ask(client, filter, journal.next);
      setJournal((now) => (now?.next === journal.next ? withOlder(now, page) : now));
    } catch {
      setFailed(true);
    } finally {
      setLoadingOlder(false);
    }
  }, [client, filter, journal]);

  const { waiting, newer } = useNewer(filter, isRead, setJournal);
  const again = useCallback(() => setRound((now) => now + 1), []);
  return { journal, failed, loadingOlder, waiting, older, newer, again };
}

/** Counts what comes, and fetches it when nobody is disturbed or when it is asked for. */
function useNewer(
  filter: JournalFilter,
  isRead: () => boolean,
  set: (step: (now: Journal | null) => Journal | null) => void,
) {
  const client = useClient();
  const [waiting, setWaiting] = useState(0);
  const reading = useRef(isRead);
  useEffect(() => {
    reading.current = isRead;
  });

  const newer = useCallback(async () => {
    setWaiting(0);
    try {
      const page = await ask(client, filter, null);
      set((now) => (now === null ? now : withNewer(now, page)));
    } catch {
      setWaiting((now) => Math.max(1, now));
    }
  }, [client, filter, set]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    setWaiting(0);
    const off = client.on("*", (_record, meta) => {
      if (!belongs(meta, filter)) return;
      setWaiting((now) => now + 1);
      timer ??= setTimeout(() => {
        timer = undefined;
        if (!reading.current()) void newer();
      }, GATHER_MS);
    });
    return () => {
      off();
      clearTimeout(timer);
    };
  }, [client, filter, newer]);
  return { waiting, newer };
}

async function firstPage(client: Client, filter: JournalFilter): Promise<Page> {
  const { before } = momentsOf(filter);
  const entryBefore = async (cursor: string | null) =>
    (await client.ask("activity", { limit: 1, ...(cursor && { after: cursor }) })).items[0] ?? null;
  return ask(client, filter, before && (await placeAt(before, entryBefore)));
}

async function ask(client: Client, filter: JournalFilter, after: string | null): Promise<Page> {
  const { actor, resource } = filter;
  const page = await client.ask("activity", {
    limit: PAGE,
    ...(actor && { actor }),
    ...(resource && { resource }),
    ...(after && { after }),
  });
  return cutAt(page, momentsOf(filter).from);
}
