// What a client keeps in the browser, in one IndexedDB database per tenant and user: the replica record by record with the
// place it belongs to, and the outbox. Where the browser keeps nothing (a private window, a full disk) every method does
// nothing, and the board works as on its first visit.

import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import { emptyTables, type Tables } from "./held";
import type { Moment, Touched } from "./replica";
import type { ClientStorage, StoredEntry } from "./storage";
import { type AnyRecord, type Me, PLURALS, type Plural } from "./wire";

interface Kept extends DBSchema {
  records: { key: string; value: { plural: Plural; record: AnyRecord } };
  place: { key: string; value: { cursor: string; former: [string, string][] } };
  outbox: { key: string; value: StoredEntry };
}

const PLACE = "replica";
/** Records put at once: few enough that no frame waits for them. */
const CHUNK = 1_000;

/** A browser that takes longer to open it keeps nothing: the board does not wait for it. */
const OPENING_MS = 3_000;

/** The name of somebody's database; also of the locks that go with it. */
export const scopeOf = ({ tenant, user }: Me): string => `callboard/${tenant.id}/${user.id}`;

/** Keeps in IndexedDB. */
export class IndexedDbStorage implements ClientStorage {
  private readonly database: Promise<IDBPDatabase<Kept> | null>;

  constructor(name: string) {
    const tooLong = new Promise<null>((resolve) => setTimeout(() => resolve(null), OPENING_MS));
    this.database = Promise.race([open(name).catch(() => null), tooLong]);
  }

  async load(): Promise<Moment | null> {
    return this.within(null, async (database) => {
      const work = database.transaction(["records", "place"]);
      const [place, rows] = await Promise.all([
        work.objectStore("place").get(PLACE),
        work.objectStore("records").getAll(),
      ]);
      if (place === undefined) return null;
      return { cursor: place.cursor, tables: tablesOf(rows), former: new Map(place.former) };
    });
  }

  async save(moment: Moment, touched: Touched | "all"): Promise<void> {
    const database = await this.database;
    if (database === null || moment.cursor === null) return;
    await atOnce(database, (work) => (touched === "all" ? saveAll(work, moment) : saveSome(work, moment, touched)));
  }

  async entries(): Promise<StoredEntry[]> {
    return this.within([], (database) => database.getAll("outbox"));
  }

  async putEntry(entry: StoredEntry): Promise<void> {
    await this.within(undefined, async (database) => void (await database.put("outbox", entry, entry.op_id)));
  }

  async deleteEntry(op_id: string): Promise<void> {
    await this.within(undefined, (database) => database.delete("outbox", op_id));
  }

  async forgetReplica(): Promise<void> {
    await this.within(undefined, async (database) => {
      const work = database.transaction(["records", "place"], "readwrite");
      await Promise.all([work.objectStore("place").clear(), work.objectStore("records").clear(), work.done]);
    });
  }

  close(): void {
    void this.database.then((database) => database?.close());
  }

  private async within<T>(otherwise: T, act: (database: IDBPDatabase<Kept>) => Promise<T>): Promise<T> {
    const database = await this.database;
    if (database === null) return otherwise;
    return act(database).catch(() => otherwise);
  }
}

function open(name: string): Promise<IDBPDatabase<Kept>> {
  return openDB<Kept>(name, 1, {
    upgrade(database) {
      database.createObjectStore("records");
      database.createObjectStore("place");
      database.createObjectStore("outbox");
    },
    blocking(_, __, event) {
      (event.target as IDBDatabase).close(); // another tab brings a newer form of it
    },
  });
}

function tablesOf(rows: readonly { plural: Plural; record: AnyRecord }[]): Tables {
  const tables = emptyTables() as unknown as Record<Plural, Map<string, AnyRecord>>;
  for (const { plural, record } of rows) tables[plural].set(record.id, record);
  return tables as unknown as Tables;
}

type Writing = IDBPTransaction<Kept, ("records" | "place")[], "readwrite">;

/** One transaction, all of it or nothing: what fails half-way, for whatever reason, is taken back. */
async function atOnce(database: IDBPDatabase<Kept>, write: (work: Writing) => Promise<unknown>): Promise<void> {
  const work = database.transaction(["records", "place"], "readwrite");
  work.done.catch(() => undefined); // told below, or what broke the writing is
  try {
    await write(work);
  } catch (error) {
    work.abort();
    throw error;
  }
  await work.done;
}

/** Everything anew, in pieces between which the page can do something else. */
async function saveAll(work: Writing, moment: Moment): Promise<void> {
  const records = work.objectStore("records");
  await records.clear();
  const rows = PLURALS.flatMap((plural) => [...moment.tables[plural].values()].map((record) => ({ plural, record })));
  for (let from = 0; from < rows.length; from += CHUNK) {
    const piece = rows.slice(from, from + CHUNK);
    await Promise.all(piece.map(async (row) => records.put(row, keyOf(row.plural, row.record.id))));
  }
  await work.objectStore("place").put(placeOf(moment), PLACE);
}

/** What changed, and the place it belongs to. */
async function saveSome(work: Writing, moment: Moment, touched: Touched): Promise<void> {
  const records = work.objectStore("records");
  const write = async (plural: Plural, id: string) => {
    const record = moment.tables[plural].get(id);
    const key = keyOf(plural, id);
    await (record === undefined ? records.delete(key) : records.put({ plural, record }, key));
  };
  const writes = [...touched].flatMap(([plural, ids]) => [...ids].map((id) => write(plural, id)));
  await Promise.all([...writes, work.objectStore("place").put(placeOf(moment), PLACE)]);
}

const keyOf = (plural: Plural, id: string) => `${plural}/${id}`;
const placeOf = ({ cursor, former }: Moment) => ({ cursor: cursor ?? "", former: [...former] });
