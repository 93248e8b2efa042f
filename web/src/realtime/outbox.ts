// Commands on their way (L4). Each is kept before it is sent, sent with its op_id until it is answered, and performed once
// however often that is. In order: what concerns a record waits for what was asked of it before, and is then moved to the
// version that came of that. What nobody can take now is held, shown as waiting, and sent when there is a way again.

import { createStore, type StoreApi } from "zustand/vanilla";
import { Refusal, Unreachable } from "./refusal";
import type { ClientStorage, StoredEntry } from "./storage";
import type { Ack, CommandName } from "./wire";

/** A command on its way, as the board shows it. */
export interface Entry {
  op_id: string;
  command: CommandName;
  payload: Record<string, unknown>;
  label?: string;
  /** When it was given, in milliseconds. */
  at: number;
  state: "sending" | "waiting" | "refused" | "old";
  refusal?: Refusal;
}

/** What became of a command: done, or kept to be sent later. */
export type Outcome<C extends CommandName = CommandName> =
  | { state: "acknowledged"; ack: Ack<C> }
  | { state: "held"; op_id: string };

/** How commands leave: many at once over a socket, one at a time over HTTP, or not at all. */
export type Way = "socket" | "http" | null;

/** All in milliseconds. */
export interface Patience {
  /** Without an answer that long, it is sent again. */
  ack: number;
  /** Without an answer that long, the caller is told that it is held. */
  held: number;
  /** The same where no door is open, but one may be soon. */
  heldWithoutDoor: number;
  /** The first wait before a server that is busy is asked again; doubled each time, up to half a minute. */
  retry: number;
  /** What is older than this is asked about, not sent. */
  old: number;
}

const DAY = 24 * 3_600_000;
export const PATIENCE: Patience = { ack: 10_000, held: 5_000, heldWithoutDoor: 1_000, retry: 500, old: 30 * DAY };

/** What an outbox needs of its client. */
export interface OutboxAround {
  storage: ClientStorage;
  tab: string;
  patience: Patience;
  way(): Way;
  /** No door will open before something happens: the network comes back, somebody signs in. */
  isCutOff(): boolean;
  /** Sends it by the way there is; throws a Refusal, or Unreachable. */
  send(entry: Entry): Promise<Ack>;
  /** It is on its way (again): show what it will do. */
  begun(entry: Entry): void;
  /** It happened. Ends when the board shows that. */
  acknowledged(entry: Entry, ack: Ack): Promise<void>;
  /** It will not happen: forget what was shown. */
  undone(entry: Entry): void;
}

/** Whoever gave the command, while he waits. */
interface Caller {
  resolve(outcome: Outcome): void;
  reject(error: Error): void;
  timer: ReturnType<typeof setTimeout>;
}

interface Flight extends Entry {
  /** Never kept, never held: its payload is a password. */
  isSecret: boolean;
  tries: number;
  caller: Caller | null;
}

const LONGEST_RETRY = 30_000;

/** All commands that have not been answered. */
export class Outbox {
  readonly entries: StoreApi<Entry[]> = createStore<Entry[]>(() => []);
  private flights = new Map<string, Flight>();
  private pausedUntil = 0;
  private pauseTimer: ReturnType<typeof setTimeout> | undefined;
  private isPublishing = false;
  private isClosed = false;

  constructor(private readonly around: OutboxAround) {}

  /** Take up what was kept, in the order given. */
  restore(kept: readonly StoredEntry[]): void {
    const fresh = kept.filter(({ op_id }) => !this.flights.has(op_id)).map((entry) => this.restored(entry));
    for (const flight of fresh) this.flights.set(flight.op_id, flight);
    this.flights = new Map([...this.flights].sort(([one], [other]) => (one < other ? -1 : 1)));
    for (const flight of fresh) if (flight.state === "waiting") this.around.begun(flight);
    this.pump();
    this.publish();
  }

  /** A new command. The promise ends with its answer, or when it has become clear that it must wait. */
  put(entry: Omit<Entry, "state">, isSecret = false): Promise<Outcome> {
    const flight: Flight = { ...entry, state: "waiting", isSecret, tries: 0, caller: null };
    const promise = new Promise<Outcome>((resolve, reject) => {
      flight.caller = { resolve, reject, timer: setTimeout(() => this.hold(flight), this.patienceOfCallers()) };
    });
    this.begin(flight);
    return promise;
  }

  /** Send a refused one again, mended: a new command, with an op_id of its own. */
  retry(op_id: string, freshOpId: string, payload?: Record<string, unknown>): void {
    const before = this.flights.get(op_id);
    if (before?.state !== "refused") return;
    const { refusal: _, ...rest } = before;
    this.forget(before);
    this.begin({ ...rest, op_id: freshOpId, payload: payload ?? before.payload, state: "waiting", tries: 0 });
  }

  /** Send an old one after all. */
  sendOld(op_id: string): void {
    const flight = this.flights.get(op_id);
    if (flight?.state === "old") this.begin({ ...flight, state: "waiting", at: Date.now() });
  }

  /** Give up on one; one that is just being sent cannot be called back. */
  drop(op_id: string): void {
    const flight = this.flights.get(op_id);
    if (flight === undefined || flight.state === "sending") return;
    this.forget(flight);
    this.around.undone(flight);
    this.hold(flight);
    this.pump();
    this.publish();
  }

  /** There is a way again: send what waits, without waiting any longer. */
  resume(): void {
    this.pausedUntil = 0;
    clearTimeout(this.pauseTimer);
    this.pump();
    this.publish();
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.pauseTimer);
    for (const { caller } of this.flights.values()) clearTimeout(caller?.timer);
  }

  // -- sending ---------------------------------------------------------------------------------------------------

  /** Send all that can be sent now, in order. */
  private pump(): void {
    const way = this.around.way();
    if (this.isClosed || way === null || Date.now() < this.pausedUntil) return;
    const ahead = new Ahead();
    for (const flight of this.flights.values()) {
      const isFree = flight.state === "waiting" && !ahead.isBefore(flight) && (way === "socket" || ahead.isQuiet);
      if (isFree) void this.fly(flight);
      ahead.add(flight);
    }
  }

  private async fly(flight: Flight): Promise<void> {
    flight.state = "sending";
    flight.tries += 1;
    this.publish();
    try {
      const ack = await within(this.around.patience.ack, this.around.send(flight));
      if (!this.isClosed) await this.done(flight, ack);
    } catch (error) {
      if (!this.isClosed) this.failed(flight, error);
    }
  }

  private async done(flight: Flight, ack: Ack): Promise<void> {
    const { caller } = flight;
    this.forget(flight);
    this.moveVersions(flight, ack);
    clearTimeout(caller?.timer);
    this.pump();
    this.publish();
    await this.around.acknowledged(flight, ack);
    caller?.resolve({ state: "acknowledged", ack });
  }

  private failed(flight: Flight, error: unknown): void {
    if (mayHappenLater(error)) {
      flight.state = "waiting";
      this.pause(flight, error instanceof Refusal ? error : null);
    } else {
      this.refused(flight, error instanceof Refusal ? error : unforeseen(error));
      this.pump();
    }
    this.publish();
  }

  /** Whoever waits is told; where nobody does any more, it stays to be mended or dropped. */
  private refused(flight: Flight, refusal: Refusal): void {
    const { caller } = flight;
    this.around.undone(flight);
    if (caller !== null) {
      this.forget(flight);
      clearTimeout(caller.timer);
      caller.reject(refusal);
    } else {
      flight.state = "refused";
      flight.refusal = refusal;
      this.keep(flight);
    }
  }

  private pause({ tries }: Flight, refusal: Refusal | null): void {
    const backoff = Math.min(LONGEST_RETRY, this.around.patience.retry * 2 ** Math.min(tries - 1, 10));
    const wait = refusal?.retryAfter !== undefined ? refusal.retryAfter * 1_000 : backoff;
    this.pausedUntil = Math.max(this.pausedUntil, Date.now() + wait);
    clearTimeout(this.pauseTimer);
    this.pauseTimer = setTimeout(() => this.resume(), this.pausedUntil - Date.now());
  }

  /** What follows on the same record was asked by somebody who saw what this one did. */
  private moveVersions(done: Flight, ack: Ack): void {
    const version = ack.data?.version;
    if (version === undefined || done.payload.id === undefined) return;
    for (const flight of this.flights.values()) {
      const { id, expected_version } = flight.payload;
      const isBehind = typeof expected_version === "number" && expected_version < version;
      if (flight.state === "refused" || id !== done.payload.id || !isBehind) continue;
      flight.payload = { ...flight.payload, expected_version: version };
      this.keep(flight);
    }
  }

  // -- beginning and waiting -------------------------------------------------------------------------------------

  private begin(flight: Flight): void {
    this.flights.set(flight.op_id, flight);
    this.keep(flight);
    this.around.begun(flight);
    this.pump();
    this.publish();
  }

  private restored({ refusal, tab: _, ...entry }: StoredEntry): Flight {
    const isOld = Date.now() - entry.at > this.around.patience.old;
    const flight: Flight = { ...entry, state: isOld ? "old" : "waiting", isSecret: false, tries: 0, caller: null };
    return refusal ? { ...flight, state: "refused", refusal: new Refusal(refusal) } : flight;
  }

  private patienceOfCallers(): number {
    const { patience, way, isCutOff } = this.around;
    return way() !== null ? patience.held : isCutOff() ? 0 : patience.heldWithoutDoor;
  }

  /** The caller has waited long enough: from here on the entry alone tells what becomes of it. */
  private hold(flight: Flight): void {
    const { caller, op_id } = flight;
    if (caller === null) return;
    clearTimeout(caller.timer);
    flight.caller = null;
    if (!flight.isSecret) {
      caller.resolve({ state: "held", op_id });
      return;
    }
    this.forget(flight);
    this.around.undone(flight);
    caller.reject(flight.tries === 0 ? noConnection() : noAnswer());
  }

  private keep({ op_id, command, payload, label, at, refusal, isSecret }: Flight): void {
    if (isSecret) return;
    const words = { ...(label !== undefined && { label }), ...(refusal && { refusal: refusal.words() }) };
    void this.around.storage.putEntry({ op_id, command, payload, at, tab: this.around.tab, ...words });
  }

  private forget(flight: Flight): void {
    this.flights.delete(flight.op_id);
    if (!flight.isSecret) void this.around.storage.deleteEntry(flight.op_id);
  }

  /** Once for all that one turn does. */
  private publish(): void {
    if (this.isPublishing) return;
    this.isPublishing = true;
    queueMicrotask(() => {
      this.isPublishing = false;
      const shown = [...this.flights.values()].filter(({ isSecret }) => !isSecret);
      this.entries.setState(shown.map(entryOf), true);
    });
  }
}

/** What is ahead of a command, in the order given and not answered yet. */
class Ahead {
  isQuiet = true;
  private readonly records = new Set<unknown>();
  private readonly made = new Set<unknown>();

  add({ state, command, payload }: Flight): void {
    if (state !== "waiting" && state !== "sending") return;
    this.isQuiet = false;
    if (payload.id === undefined) return;
    this.records.add(payload.id);
    if (command.startsWith("create_")) this.made.add(payload.id);
  }

  /** Whether it must wait: something ahead is about the same record, or makes a record that this one names. */
  isBefore({ payload }: Flight): boolean {
    if (this.records.has(payload.id)) return true;
    return this.made.size > 0 && Object.values(payload).some((value) => this.made.has(value));
  }
}

function entryOf({ op_id, command, payload, label, at, state, refusal }: Flight): Entry {
  const words = { ...(label !== undefined && { label }), ...(refusal && { refusal }) };
  return { op_id, command, payload, at, state, ...words };
}

/** Not a no: nobody answered, the server is busy, or nobody is signed in just now. */
function mayHappenLater(error: unknown): boolean {
  return (
    error instanceof Unreachable || (error instanceof Refusal && (error.retry || error.code === "unauthenticated"))
  );
}

function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Unreachable("No answer came.")), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(late));
  });
}

function unforeseen(cause: unknown): Refusal {
  const refusal = new Refusal({
    code: "internal",
    message: "Something went wrong here. Please try again.",
    retry: false,
  });
  refusal.cause = cause;
  return refusal;
}

/** For what cannot wait for a connection. */
export function noConnection(): Refusal {
  const message = "This needs a connection, and there is none now. Please try again when you are back online.";
  return new Refusal({ code: "unavailable", message, retry: true });
}

function noAnswer(): Refusal {
  const message = "The server has not answered. Please look whether it happened before you try again.";
  return new Refusal({ code: "unavailable", message, retry: true });
}
