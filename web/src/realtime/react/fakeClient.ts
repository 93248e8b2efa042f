// A client without a server, for the tests of components: what it holds is given, what it hears is told, what it is asked
// to do is written down.
import { createStore } from "zustand/vanilla";
import {
  type Ack,
  type AnyRecord,
  type Client,
  type CommandName,
  type EventName,
  type Held,
  type Meta,
  nothingHeld,
  type Plural,
  type Present,
  type Status,
  type Tenant,
  type Typist,
  type User,
} from "@/realtime";
import { aUser } from "../fixtures/sampleRecords";

type Told = (record: never, meta: Meta, event: never) => void;
type Records = Partial<Record<Plural, readonly AnyRecord[]>>;

const TENANT: Tenant = { id: "t", slug: "main", name: "Main" };
const LIVE: Status = { state: "live", door: "socket", retryAt: null, waiting: 0, updates: 0, reason: null };

/** A client to test with. */
export interface FakeClient extends Client {
  /** Puts records in, replacing those of the same id; what is `pending` is shown as unconfirmed. */
  hold(records: Records, pending?: readonly string[]): void;
  remove(plural: Plural, id: string): void;
  /** A live event: the record is held, then the listeners are told. */
  tell(event: EventName, record: AnyRecord, meta?: Partial<Meta>): void;
  /** How many listen. */
  listeners(): number;
  setStatus(status: Partial<Status>): void;
  setPresent(channel: string, present: readonly Present[]): void;
  setTypists(channel: string, typists: readonly Typist[]): void;
  /** What was done, in order: commands, questions and words to channels. */
  readonly done: { what: string; payload: unknown }[];
  /** What the next command of this name comes to: an ack's data, or an error to throw. */
  answer(what: string, answer: unknown): void;
}

/** A fake client for `me` that holds these records. */
export function fakeClient(records: Records = {}, me: User = aUser({ id: "me", display_name: "Ana" })): FakeClient {
  const held = createStore<Held>(() => nothingHeld());
  const listeners = new Map<string, Set<Told>>();
  const answers = new Map<string, unknown>();
  const done: FakeClient["done"] = [];
  const watchers = new Set<(status: Status) => void>();
  const presence = createStore<ReadonlyMap<string, readonly Present[]>>(() => new Map());
  const typists = createStore<ReadonlyMap<string, readonly Typist[]>>(() => new Map());
  const note = (what: string, payload: unknown) => void done.push({ what, payload });
  let status = LIVE;
  let seq = 0;

  const hold = (more: Records, pending: readonly string[] = []) => {
    const tables = Object.fromEntries(
      Object.entries(more).map(([plural, list]) => {
        const table = new Map<string, AnyRecord>(held.getState()[plural as Plural]);
        for (const record of list) table.set(record.id, record);
        return [plural, table];
      }),
    );
    held.setState({ ...tables, loaded: true, pending: new Set(pending) });
  };
  const answerTo = async (what: string, otherwise: unknown) => {
    const answer = answers.has(what) ? answers.get(what) : otherwise;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  hold({ users: [me], ...records });

  const client: Omit<FakeClient, "on" | "do" | "ask"> & Record<"on" | "do" | "ask", unknown> = {
    me: { user: me, tenant: TENANT },
    started: Promise.resolve(),
    records: held,
    done,
    hold,
    remove(plural, id) {
      const table = new Map<string, AnyRecord>(held.getState()[plural]);
      table.delete(id);
      held.setState({ [plural]: table });
    },
    status: () => status,
    onStatus(fn) {
      watchers.add(fn);
      return () => void watchers.delete(fn);
    },
    setStatus(change) {
      status = { ...status, ...change };
      for (const told of watchers) told(status);
    },
    on(event: string, fn: Told) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(fn));
      return () => void set.delete(fn);
    },
    listeners: () => [...listeners.values()].reduce((sum, set) => sum + set.size, 0) + watchers.size,
    tell(event, record, change = {}) {
      seq += 1;
      const meta = metaOf(event, record, seq, change);
      if (event.endsWith("_deleted") || event === "user_deleted_broadcast") this.remove(meta.resource, record.id);
      else hold({ [meta.resource]: [record] }, [...held.getState().pending]);
      for (const fn of [...(listeners.get(event) ?? []), ...(listeners.get("*") ?? [])])
        fn(record as never, meta, event as never);
    },
    answer: (what, answer) => void answers.set(what, answer),
    async do(command: CommandName, payload: unknown) {
      note(command, payload);
      const data = await answerTo(command, null);
      if (data === "held") return { state: "held", op_id: "op" };
      const ack: Ack = { data: data as Ack["data"], also: [], also_total: 0, cursor: `e.${++seq}` };
      return { state: "acknowledged", ack };
    },
    async ask(question: string, payload: unknown) {
      note(question, payload);
      return answerTo(question, []);
    },
    async undo(cursor) {
      note("undo", { cursor });
      await answerTo("undo", undefined);
    },
    outbox: {
      entries: createStore(() => []),
      retry: (op_id, payload) => note("retry", { op_id, payload }),
      drop: (op_id) => note("drop", { op_id }),
      sendOld: (op_id) => note("sendOld", { op_id }),
    },
    channels: {
      presence,
      typists,
      locks: createStore(() => new Map()),
      join(channel, state) {
        note("join", { channel, state });
        return () => note("leave", { channel });
      },
      setState: (channel, state) => note("setState", { channel, state }),
      typing: (channel, field, on) => note("typing", { channel, field, on }),
      lock: async () => null,
      unlock: () => undefined,
    },
    setPresent: (channel, present) => presence.setState(new Map(presence.getState()).set(channel, present), true),
    setTypists: (channel, now) => typists.setState(new Map(typists.getState()).set(channel, now), true),
    forget: async () => note("forget", undefined),
    close: async () => undefined,
  };
  return client as FakeClient;
}

const PLURAL_OF: [noun: string, plural: Plural][] = [
  ["service_category", "service_categories"],
  ["category", "categories"],
  ["call", "calls"],
  ["service", "services"],
  ["customer", "customers"],
  ["note", "notes"],
  ["user", "users"],
];

function metaOf(event: EventName, record: AnyRecord, seq: number, change: Partial<Meta>): Meta {
  const resource = PLURAL_OF.find(([noun]) => event.startsWith(noun))?.[1] ?? "calls";
  return {
    cursor: `e.${seq}`,
    resource,
    action: event,
    id: record.id,
    version: record.version,
    actor: { id: "other", name: "Chiara" },
    at: "2026-11-20T09:00:00.000Z",
    changed: [],
    set: { first: seq, last: seq },
    ...change,
  };
}
