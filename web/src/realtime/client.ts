// What the board talks to: the contract of the client library (L1). `connect.ts` makes one.

import type { StoreApi } from "zustand/vanilla";
import type { Lock, Typist } from "./channels";
import type { OpenDoor } from "./doors/door";
import type { EventSourceLike } from "./doors/sse";
import type { Held } from "./held";
import type { Entry, Outcome, Patience } from "./outbox";
import type { Schedule } from "./records";
import type { ClientStorage } from "./storage";
import type { Link, Network, Times } from "./switching";
import type { Locks } from "./tabs";
import type {
  AnyRecord,
  CommandName,
  EventName,
  EventRecord,
  Me,
  Meta,
  Off,
  PayloadOf,
  Plural,
  PresentPerson,
  Question,
  Questions,
  Tenant,
  User,
} from "./wire";

/** How the connection stands, for people. */
export interface Status extends Link {
  /** Commands that wait to be sent. */
  waiting: number;
  /** Events put in since the start. */
  updates: number;
}

export interface ConnectOptions {
  /** Where the server is; the page's own origin where it is left out. */
  url?: string;
  /** The bearer token, for clients that are no pages. */
  token?: string;
  /** Who is signed in, and where. Asked of the server where left out; then `me` is there once `started` is. */
  user?: User;
  tenant?: Tenant;
  /** What is held: all kinds where left out. */
  resources?: readonly Plural[];
  /** Where replica and outbox are kept: in the browser's IndexedDB where left out, where there is one. */
  storage?: ClientStorage;
  /** Who of several tabs does what; the browser's own where left out. */
  locks?: Locks | null;
  pollInterval?: number;
  /** Other doors than those of the network, best first. */
  doors?: readonly OpenDoor[];
  times?: Partial<Times>;
  patience?: Partial<Patience>;
  network?: Network;
  schedule?: Schedule;
  fetch?: typeof globalThis.fetch;
  eventSource?: (address: string) => EventSourceLike;
  random?: () => number;
}

export interface DoOptions {
  /** What will become of the command's record, where the client cannot know it by itself. */
  guess?: (record: AnyRecord | undefined) => AnyRecord;
  /** What the command is called where it waits. */
  label?: string;
}

/** What the board talks to. */
export interface Client {
  readonly me: Me;
  /** Rejects where nobody is signed in. */
  readonly started: Promise<void>;
  status(): Status;
  onStatus(fn: (status: Status) => void): Off;
  readonly records: StoreApi<Held>;
  /** Throws the Refusal. */
  do<C extends CommandName>(command: C, payload: PayloadOf<C>, options?: DoOptions): Promise<Outcome<C>>;
  ask<Q extends Question>(question: Q, payload: Questions[Q]["payload"]): Promise<Questions[Q]["answer"]>;
  /** Take back the change set that ended at this cursor. */
  undo(cursor: string): Promise<void>;
  on<E extends EventName>(event: E, fn: (record: EventRecord<E>, meta: Meta, event: E) => void): Off;
  on(event: "*", fn: (record: EventRecord<EventName>, meta: Meta, event: EventName) => void): Off;
  readonly outbox: {
    readonly entries: StoreApi<Entry[]>;
    /** Send a refused one again, mended. */
    retry(op_id: string, payload?: Record<string, unknown>): void;
    drop(op_id: string): void;
    sendOld(op_id: string): void;
  };
  readonly channels: {
    join(channel: string, state?: unknown): Off;
    setState(channel: string, state: unknown): void;
    typing(channel: string, field: string | null, on: boolean): void;
    lock(resource: Plural, id: string, takeOver?: boolean): Promise<Lock | null>;
    unlock(resource: Plural, id: string): void;
    readonly presence: StoreApi<ReadonlyMap<string, readonly PresentPerson[]>>;
    readonly typists: StoreApi<ReadonlyMap<string, readonly Typist[]>>;
    readonly locks: StoreApi<ReadonlyMap<string, Lock>>;
  };
  /** Delete what this browser keeps of the records; for a person who leaves a computer that others use too. */
  forget(): Promise<void>;
  close(): Promise<void>;
}
