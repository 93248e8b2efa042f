// Where the replica, its cursor and the outbox are kept between visits, per user and tenant. This is the contract and the
// stand-in that forgets; `indexeddb.ts` is the real one.

import type { FailureWords } from "./refusal";
import type { Moment, Touched } from "./replica";
import type { CommandName } from "./wire";

/** A command as it is kept. */
export interface StoredEntry {
  op_id: string;
  command: CommandName;
  payload: Record<string, unknown>;
  label?: string;
  /** When it was given, in milliseconds. */
  at: number;
  /** Which tab looks after it. */
  tab: string;
  refusal?: FailureWords;
}

/** What a client keeps: a help, never a need. Only `save` may fail where the browser keeps nothing more. */
export interface ClientStorage {
  /** The replica of the last time, or null. */
  load(): Promise<Moment | null>;
  /** Write the replica: replica and cursor in one transaction. */
  save(moment: Moment, touched: Touched | "all"): Promise<void>;
  entries(): Promise<StoredEntry[]>;
  putEntry(entry: StoredEntry): Promise<void>;
  deleteEntry(op_id: string): Promise<void>;
  /** Delete the replica; the outbox stays. */
  forgetReplica(): Promise<void>;
  close(): void;
}

/** Keeps everything until the page is left. */
export class MemoryStorage implements ClientStorage {
  private moment: Moment | null = null;
  private readonly waiting = new Map<string, StoredEntry>();

  load(): Promise<Moment | null> {
    return Promise.resolve(this.moment);
  }

  save(moment: Moment, _touched: Touched | "all"): Promise<void> {
    this.moment = moment;
    return Promise.resolve();
  }

  entries(): Promise<StoredEntry[]> {
    return Promise.resolve([...this.waiting.values()].sort((one, other) => (one.op_id < other.op_id ? -1 : 1)));
  }

  putEntry(entry: StoredEntry): Promise<void> {
    this.waiting.set(entry.op_id, structuredClone(entry));
    return Promise.resolve();
  }

  deleteEntry(op_id: string): Promise<void> {
    this.waiting.delete(op_id);
    return Promise.resolve();
  }

  forgetReplica(): Promise<void> {
    this.moment = null;
    return Promise.resolve();
  }

  close(): void {}
}
