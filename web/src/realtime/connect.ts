// The client: one live connection of one person to one tenant, whatever the network does (L1). It joins the parts: the doors
// and their switching, the records that the board shows, the outbox, the channels, and what is kept between visits.

import type { StoreApi } from "zustand/vanilla";
import { pathOf, pluralOf, requestOf } from "./addresses";
import { Channels } from "./channels";
import type { Client, ConnectOptions, DoOptions, Status } from "./client";
import { doorsFor } from "./doors/all";
import { guessesFor, ownGuess } from "./guesses";
import type { Held } from "./held";
import { Http } from "./http";
import { Ids } from "./ids";
import { IndexedDbStorage, scopeOf } from "./indexeddb";
import type { Guess } from "./optimistic";
import { type Entry, noConnection, Outbox, type Outcome, PATIENCE, type Way } from "./outbox";
import { LiveRecords, nextFrame } from "./records";
import { refusalOf, Unreachable } from "./refusal";
import { Scribe } from "./scribe";
import { type ClientStorage, MemoryStorage, type StoredEntry } from "./storage";
import { browserNetwork, type Link, type Network, Switching, TIMES } from "./switching";
import { Tabs } from "./tabs";
import { truthOf } from "./truth";
import {
  type Ack,
  type CommandName,
  type EventName,
  type Me,
  type Meta,
  type Off,
  type PayloadOf,
  PLURALS,
  type Question,
  type Questions,
  type WholeSnapshot,
} from "./wire";

/** These carry passwords: never kept, never held. */
const SECRET: readonly CommandName[] = ["change_password", "reset_password", "create_user"];
/** A snapshot that takes longer is asked for again. */
const SNAPSHOT_MS = 60_000;
/** The reasons for which what this browser holds of the tenant must go: who signs out by hand leaves nothing to the next. */
const GONE = ["deleted", "deactivated", "logout"];

/** A client, connecting. */
export const connect = (options: ConnectOptions = {}): Client => new LiveClient(options);

class LiveClient implements Client {
  readonly started: Promise<void>;
  readonly channels = new Channels();
  private readonly live: LiveRecords;
  private readonly http: Http;
  private readonly ids = new Ids();
  private readonly network: Network;
  private outboxOf: Outbox | null = null;
  private face: Client["outbox"] | null = null;
  private switching: Switching | null = null;
  private kept: ClientStorage | null = null;
  private tabs: Tabs | null = null;
  private scribe: Scribe | null = null;
  private known: Me | null;
  private updates = 0;
  private isClosed = false;
  private readonly watchers = new Set<(status: Status) => void>();
  private shown: Status = { state: "connecting", door: null, retryAt: null, reason: null, waiting: 0, updates: 0 };

  constructor(private readonly options: ConnectOptions) {
    const { user, tenant } = options;
    this.known = user && tenant ? { user, tenant } : null;
    this.network = options.network ?? browserNetwork();
    this.live = new LiveRecords(
      options.schedule ?? nextFrame,
      { changed: (moment, touched) => this.scribe?.changed(moment, touched) },
      (count) => this.count(count),
    );
    this.http = new Http({
      url: options.url ?? "",
      token: options.token,
      fetch: options.fetch ?? ((...given) => globalThis.fetch(...given)),
      onSignedOut: () => this.switching?.end("expired"),
    });
    if (this.known !== null) this.furnish(this.known);
    this.started = this.start();
    this.started.catch(() => undefined); // whoever wants to know asks `started`
  }

  get me(): Me {
    if (this.known === null) throw new Error("Nobody is known yet: wait for `started`.");
    const { user, tenant } = this.known;
    return { user: this.records.getState().users.get(user.id) ?? user, tenant };
  }

  get records(): StoreApi<Held> {
    return this.live.store;
  }

  get outbox(): Client["outbox"] {
    return this.needed(this.face);
  }

  status(): Status {
    return this.shown;
  }

  onStatus(fn: (status: Status) => void): Off {
    this.watchers.add(fn);
    return () => void this.watchers.delete(fn);
  }

  on(event: EventName | "*", fn: (record: never, meta: Meta, event: never) => void): Off {
    return this.live.on(event, (record, meta, name) => fn(record as never, meta, name as never));
  }

  async do<C extends CommandName>(command: C, payload: PayloadOf<C>, options: DoOptions = {}): Promise<Outcome<C>> {
    if (this.outboxOf === null) await this.started;
    const outbox = this.needed(this.outboxOf);
    const isSecret = SECRET.includes(command);
    if (isSecret && this.way() === null) throw noConnection();
    const whole = this.withId(command, { ...payload });
    const op_id = this.ids.next();
    const { label, guess } = options;
    const entry: Omit<Entry, "state"> = { op_id, command, payload: whole, at: Date.now(), ...(label && { label }) };
    const promise = outbox.put(entry, isSecret) as Promise<Outcome<C>>;
    if (guess) this.live.guess(op_id, [ownGuess(pluralOf(command), String(whole.id), guess)]);
    return promise;
  }

  async ask<Q extends Question>(question: Q, payload: Questions[Q]["payload"]): Promise<Questions[Q]["answer"]> {
    const path = await this.tenantPath(pathOf(question, payload));
    const { body } = await this.http.ask(path).catch(whatToSay);
    return body as Questions[Q]["answer"];
  }

  async undo(cursor: string): Promise<void> {
    const headers = { "Idempotency-Key": this.ids.next() };
    const path = await this.tenantPath("/undo");
    await this.http.ask(path, { method: "POST", headers, body: { cursor } }).catch(whatToSay);
    this.switching?.door?.nudge?.();
  }

  async forget(): Promise<void> {
    await this.scribe?.forget();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.live.flush();
    this.switching?.close();
    this.outboxOf?.close();
    this.channels.close();
    this.live.close();
    this.watchers.clear();
    await this.scribe?.finish();
    this.tabs?.close();
    this.kept?.close();
  }

  // -- starting --------------------------------------------------------------------------------------------------

  private async start(): Promise<void> {
    if (this.known === null) {
      this.known = (await this.http.ask("/api/me")).body as Me;
      this.furnish(this.known);
    }
    const [tabs, scribe] = [this.needed(this.tabs), this.needed(this.scribe)];
    let isLoading = true;
    tabs.lead(() => scribe.lead(!isLoading));
    const moment = await this.needed(this.kept).load();
    isLoading = false;
    if (this.isClosed) return;
    if (moment !== null) {
      this.live.restore(moment);
      scribe.restored(moment);
    }
    this.needed(this.switching).start();
    await this.adopt(true);
  }

  /** Take up the commands that wait and that no other tab looks after. */
  private async adopt(isStart: boolean): Promise<void> {
    const [tabs, storage] = [this.needed(this.tabs), this.needed(this.kept)];
    const found = await tabs.alone(async (isAlive) => {
      const isMine = ({ tab }: StoredEntry) => (tab === tabs.id ? isStart : !isAlive(tab));
      const orphans = (await storage.entries()).filter(isMine);
      await Promise.all(orphans.map((entry) => storage.putEntry({ ...entry, tab: tabs.id })));
      return orphans;
    });
    if (!this.isClosed && found.length > 0) this.needed(this.outboxOf).restore(found);
  }

  private furnish(me: Me): void {
    const storage = this.options.storage ?? storageFor(me);
    this.kept = storage;
    this.scribe = new Scribe(storage);
    this.tabs = new Tabs(scopeOf(me), this.options.locks);
    this.outboxOf = new Outbox({
      storage,
      tab: this.tabs.id,
      patience: { ...PATIENCE, ...this.options.patience },
      way: () => this.way(),
      isCutOff: () => ["offline", "ended"].includes(this.switching?.state.state ?? ""),
      send: (entry) => this.send(entry),
      begun: (entry) => this.live.guess(entry.op_id, this.guessesOf(entry)),
      undone: ({ op_id }) => this.live.takeBack(op_id),
      acknowledged: (entry, ack) => this.acknowledged(entry, ack),
    });
    this.outboxOf.entries.subscribe(() => this.restate());
    this.face = this.faceOf(this.outboxOf);
    this.switching = this.switchingFor(me);
  }

  private faceOf(outbox: Outbox): Client["outbox"] {
    return {
      entries: outbox.entries,
      retry: (op_id, payload) => outbox.retry(op_id, this.ids.next(), payload),
      drop: (op_id) => outbox.drop(op_id),
      sendOld: (op_id) => outbox.sendOld(op_id),
    };
  }

  private switchingFor({ tenant }: Me): Switching {
    const { url = "", token, resources = PLURALS, pollInterval = 3_000, times, eventSource, random } = this.options;
    const whole = { ...TIMES, ...times };
    const network = { http: this.http, url, token, resources, pollInterval, eventSource };
    const doors = this.options.doors ?? doorsFor({ ...network, slug: tenant.slug });
    const above = {
      cursor: () => this.live.cursor,
      takeSnapshot: () => this.takeSnapshot(),
      told: this.live.tell.bind(this.live),
      reached: this.live.reach.bind(this.live),
      signal: (name: string, said: unknown) => this.channels.hear(name, said),
      changed: (link: Link) => this.linkChanged(link),
    };
    return new Switching(doors, above, this.network, whole, random);
  }

  private async takeSnapshot(): Promise<void> {
    const resources = (this.options.resources ?? PLURALS).join(",");
    const { body } = await this.http.ask(await this.tenantPath(`/snapshot?resources=${resources}`), {
      signal: AbortSignal.timeout(SNAPSHOT_MS),
    });
    if (!this.isClosed) this.live.replace(body as WholeSnapshot);
  }

  private async tenantPath(path: string): Promise<string> {
    if (this.known === null) await this.started;
    return `/api/tenants/${encodeURIComponent(this.me.tenant.slug)}${path}`;
  }

  // -- commands --------------------------------------------------------------------------------------------------

  private way(): Way {
    const door = this.switching?.door;
    return door ? (door.emit ? "socket" : "http") : null;
  }

  private async send({ command, payload, op_id }: Entry): Promise<Ack> {
    const emit = this.switching?.door?.emit;
    if (emit) return readAck(await emit(command, { ...payload, op_id }));
    const { path, ...request } = requestOf(command, { op_id, payload });
    return (await this.http.ask(await this.tenantPath(path), request)).body as Ack;
  }

  private acknowledged({ op_id }: Entry, ack: Ack): Promise<void> {
    this.switching?.door?.nudge?.();
    return this.live.settle(op_id, ack.cursor, truthOf(ack, this.live.store.getState()));
  }

  private guessesOf({ command, payload, at }: Entry): Guess[] {
    const scene = { me: this.me.user, held: this.records.getState(), at: new Date(at).toISOString() };
    return guessesFor(command, payload as PayloadOf<typeof command>, scene);
  }

  /** Whoever makes a record names it, so that it can be shown, and changed again, before the server has answered. */
  private withId(command: CommandName, payload: Record<string, unknown>): Record<string, unknown> {
    return command.startsWith("create_") && payload.id === undefined ? { ...payload, id: this.ids.next() } : payload;
  }

  // -- how it stands ---------------------------------------------------------------------------------------------

  private linkChanged(link: Link): void {
    this.channels.connected(this.switching?.door?.emit ?? null);
    if (link.state === "ended" && link.reason !== null && GONE.includes(link.reason)) void this.scribe?.forget();
    if (this.way() !== null) {
      this.outboxOf?.resume();
      void this.adopt(false);
    }
    this.restate();
  }

  private count(updates: number): void {
    this.updates += updates;
    this.restate();
  }

  private restate(): void {
    const link = this.switching?.state;
    if (link === undefined) return;
    const waiting = this.outboxOf?.entries.getState().filter(({ state }) => state === "waiting").length ?? 0;
    const status: Status = { ...link, waiting, updates: this.updates };
    if (isSame(status, this.shown)) return;
    this.shown = status;
    for (const fn of [...this.watchers]) fn(this.shown);
  }

  private needed<T>(part: T | null): T {
    if (part === null) throw new Error("The client has not started: wait for `started`.");
    return part;
  }
}

function readAck(answer: unknown): Ack {
  if (typeof answer === "object" && answer !== null && "ok" in answer && answer.ok === true)
    return answer as unknown as Ack;
  throw refusalOf(answer);
}

/** Silence as a sentence, for questions, which nobody holds. */
function whatToSay(error: unknown): never {
  throw error instanceof Unreachable ? noConnection() : error;
}

function isSame(one: Status, other: Status): boolean {
  return (Object.keys(one) as (keyof Status)[]).every((name) => one[name] === other[name]);
}

function storageFor(me: Me): ClientStorage {
  return typeof indexedDB === "undefined" ? new MemoryStorage() : new IndexedDbStorage(scopeOf(me));
}
