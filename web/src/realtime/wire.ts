// What goes over the wire, as types: everything here is derived from `schema.ts`, which the server's catalog makes (L8),
// so a command or a field that changes there stops this from compiling. No code but the small tables that types cannot give.

import type {
  Activity,
  Allowed,
  Commands,
  Events,
  Found,
  Meta,
  Person,
  Plural,
  Present,
  Ready,
  Records,
  Signals,
  Snapshot,
  Tenant,
  User,
} from "./schema";

export type {
  Activity,
  Allowed,
  Call,
  Category,
  Customer,
  Found,
  Insights,
  Meta,
  Note,
  Person,
  Plural,
  Present,
  Ready,
  Service,
  ServiceCategory,
  Session,
  SignedIn,
  Snapshot,
  Tenant,
  User,
} from "./schema";

/** The words of a connection itself, which are no business of the records. */
type ConnectionWord =
  | "activity"
  | "broadcast"
  | "count"
  | "explain"
  | "get"
  | "join_channel"
  | "leave_channel"
  | "list"
  | "lock_record"
  | "search"
  | "set_presence"
  | "snapshot"
  | "subscribe"
  | "typing"
  | "undo"
  | "unlock_record";

/** The record of a plural. */
export type RecordOf<P extends Plural> = Records[P];
/** Any record. */
export type AnyRecord = Records[Plural];
/** Every command of the business: what people do. */
export type CommandName = Exclude<keyof Commands, ConnectionWord>;
/** What a command takes; its op_id is made inside. */
export type PayloadOf<C extends CommandName> = Omit<Commands[C]["payload"], "op_id">;
/** The record after the command. */
export type DataOf<C extends CommandName> = NonNullable<Commands[C]["data"]>;
/** What the feed tells, by name. */
export type EventName = keyof Events;
/** The record that an event carries. */
export type EventRecord<E extends EventName> = Events[E];
/** Everything that is told without meta, by name. */
export type SignalName = keyof Signals;
export type SignalOf<S extends SignalName> = Signals[S];

/** One event as every door hands it on. */
export interface Told {
  event: EventName;
  data: Events[EventName];
  meta: Meta;
}

/** The other records of a change set, as its ack names them. */
export interface Also {
  resource: string;
  id: string;
  event: string;
  data: Record<string, unknown>;
}

/** The answer to a command that happened. */
export interface Ack<C extends CommandName = CommandName> {
  data: DataOf<C> | null;
  also: Also[];
  also_total: number;
  cursor: string;
  repeated?: true;
}

/** Who is signed in, and where. */
export interface Me {
  user: User;
  tenant: Tenant;
}

/** The questions, what each takes, and what it answers. */
export interface Questions {
  list: {
    payload: { resource: Plural; q?: string; sort?: string; limit?: number; after?: string | null } & Filters;
    answer: { items: AnyRecord[]; next: string | null; total: number; cursor: string };
  };
  get: { payload: { resource: Plural; id: string }; answer: { data: AnyRecord; cursor: string } };
  count: { payload: { resource: Plural; q?: string } & Filters; answer: { total: number; cursor: string } };
  search: { payload: { q: string; limit?: number }; answer: { items: Found[]; cursor: string } };
  activity: {
    payload: { resource?: Plural; id?: string; actor?: string; after?: string; limit?: number };
    answer: { items: Activity[]; next: string | null };
  };
  explain: { payload: { resource: Plural; id?: string }; answer: Allowed[] };
}
export type Question = keyof Questions;
type Filters = { [field: string]: unknown };

/** All plurals, in the order in which a snapshot lists them. */
export const PLURALS = [
  "calls",
  "categories",
  "customers",
  "notes",
  "services",
  "service_categories",
  "users",
] as const satisfies readonly Plural[];

/** What a person calls one of them on the wire. */
export const NOUNS = {
  calls: "call",
  categories: "category",
  customers: "customer",
  notes: "note",
  services: "service",
  service_categories: "service_category",
  users: "user",
} as const satisfies Record<Plural, string>;

/** What a listener is told about an event beside the record. */
export type Listener = (record: AnyRecord | { resource: Plural; id: string }, meta: Meta, event: EventName) => void;
/** Takes back what was asked for: a listener, a place in a channel. */
export type Off = () => void;
export type { Commands, Events, Records, Signals };
export type ReadySignal = Ready;
export type PersonRef = Person;
export type PresentPerson = Present;
export type WholeSnapshot = Snapshot;
