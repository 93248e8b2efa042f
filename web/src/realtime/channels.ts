// Who is where: presence, typing and locks (F6). Signals of the socket alone; by the other doors nobody is seen and nobody
// sees. Places that were taken are taken again on every new socket. None of this is ever stored.

import { createStore, type StoreApi } from "zustand/vanilla";
import type { Off, PersonRef, Plural, PresentPerson, SignalOf } from "./wire";

/** Somebody who is typing. */
export interface Typist {
  user: PersonRef;
  field: string | null;
}

/** Somebody who is editing a record. */
export interface Lock {
  holder: PersonRef;
  until: string;
}

type Emit = (command: string, payload: unknown) => Promise<unknown>;
type ByChannel<T> = ReadonlyMap<string, T>;
interface Stay {
  count: number;
  state: unknown;
}

/** The team's own channel; every connection is in it from its start. */
export const TEAM = "team";
const TYPING_MS = 6_000;

/** Keeps what the board shows of other people, and tells them of oneself. */
export class Channels {
  readonly presence: StoreApi<ByChannel<readonly PresentPerson[]>> = createStore<ByChannel<readonly PresentPerson[]>>(
    () => new Map(),
  );
  readonly typists: StoreApi<ByChannel<readonly Typist[]>> = createStore<ByChannel<readonly Typist[]>>(() => new Map());
  readonly locks: StoreApi<ByChannel<Lock>> = createStore<ByChannel<Lock>>(() => new Map());
  private readonly stays = new Map<string, Stay>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private emit: Emit | null = null;

  /** A socket is open: take the places again. Null: there is none, so nobody is seen. */
  connected(emit: Emit | null): void {
    if (emit === this.emit) return;
    this.emit = emit;
    this.clear();
    if (emit === null) return;
    for (const [channel, { state }] of this.stays) this.enter(channel, state);
    if (!this.stays.has(TEAM)) this.enter(TEAM, undefined);
  }

  /** Be present in a channel until the answer is called; several parts of a board may be in the same one. */
  join(channel: string, state?: unknown): Off {
    const stay = this.stays.get(channel);
    if (stay === undefined) {
      this.stays.set(channel, { count: 1, state });
      this.enter(channel, state);
    } else {
      stay.count += 1;
      if (state !== undefined) this.setState(channel, state);
    }
    let isIn = true;
    return () => {
      if (isIn) this.leave(channel);
      isIn = false;
    };
  }

  /** What I am doing there. */
  setState(channel: string, state: unknown): void {
    const stay = this.stays.get(channel);
    if (stay !== undefined) stay.state = state;
    void this.ask("set_presence", { channel, state: state ?? null }).then((list) => this.present(channel, list));
  }

  /** I am typing, or have stopped. */
  typing(channel: string, field: string | null, on: boolean): void {
    void this.ask("typing", { channel, field, on });
  }

  /** Say that I am editing a record, for half a minute; ask again to go on. Null where somebody else is, or nobody hears. */
  async lock(resource: Plural, id: string, takeOver = false): Promise<Lock | null> {
    const lease = await this.ask("lock_record", { resource, id, ...(takeOver && { take_over: true }) });
    return isLock(lease) ? lease : null;
  }

  unlock(resource: Plural, id: string): void {
    void this.ask("unlock_record", { resource, id });
  }

  /** A signal from the socket. */
  hear(name: string, said: unknown): void {
    const signal = { name, said } as Signal;
    if (signal.name === "presence_state") this.present(signal.said.channel, signal.said.list);
    else if (signal.name === "presence_joined" || signal.name === "presence_updated") this.arrived(signal.said);
    else if (signal.name === "presence_left") this.left(signal.said);
    else if (signal.name === "typing") this.typed(signal.said);
    else if (signal.name === "record_locked") this.setLock(signal.said, signal.said);
    else if (signal.name === "record_unlocked") this.setLock(signal.said, null);
  }

  close(): void {
    this.connected(null);
    this.stays.clear();
  }

  // -- telling ---------------------------------------------------------------------------------------------------

  private enter(channel: string, state: unknown): void {
    const payload = { channel, ...(state !== undefined && { state }) };
    void this.ask("join_channel", payload).then((list) => this.present(channel, list));
  }

  private leave(channel: string): void {
    const stay = this.stays.get(channel);
    if (stay === undefined || --stay.count > 0) return;
    this.stays.delete(channel);
    if (channel === TEAM) return; // one is there by being connected
    this.present(channel, []);
    this.typists.setState(without(this.typists.getState(), channel), true);
    this.locks.setState(without(this.locks.getState(), channel), true);
    void this.ask("leave_channel", { channel });
  }

  /** The answer's data; null where it was refused or nobody is there to ask: presence is never worth an error. */
  private async ask(command: string, payload: unknown): Promise<unknown> {
    const answer = await this.emit?.(command, payload).catch(() => null);
    return typeof answer === "object" && answer !== null && "data" in answer ? answer.data : null;
  }

  // -- hearing ---------------------------------------------------------------------------------------------------

  private present(channel: string, list: unknown): void {
    if (!Array.isArray(list)) return;
    const isMine = channel === TEAM || this.stays.has(channel);
    const before = this.presence.getState();
    const after = isMine && list.length > 0 ? new Map(before).set(channel, list) : without(before, channel);
    this.presence.setState(after, true);
  }

  private arrived({ channel, ...present }: SignalOf<"presence_joined">): void {
    const others = this.othersIn(channel, present.user.id);
    this.present(channel, [...others, present]);
  }

  private left({ channel, user }: SignalOf<"presence_left">): void {
    this.present(channel, this.othersIn(channel, user.id));
    this.typed({ channel, user, field: null, on: false });
  }

  private othersIn(channel: string, userId: string): PresentPerson[] {
    return (this.presence.getState().get(channel) ?? []).filter(({ user }) => user.id !== userId);
  }

  private typed({ channel, user, field, on }: SignalOf<"typing">): void {
    const key = `${channel} ${user.id}`;
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    const typists = this.typists.getState();
    const others = (typists.get(channel) ?? []).filter((typist) => typist.user.id !== user.id);
    const now = on ? [...others, { user, field }] : others;
    if (!on && now.length === (typists.get(channel)?.length ?? 0)) return;
    this.typists.setState(now.length > 0 ? new Map(typists).set(channel, now) : without(typists, channel), true);
    if (on)
      this.timers.set(
        key,
        setTimeout(() => this.typed({ channel, user, field, on: false }), TYPING_MS),
      );
  }

  private setLock({ resource, id }: { resource: string; id: string }, lock: Lock | null): void {
    const channel = `${resource}/${id}`;
    const locks = this.locks.getState();
    const after = lock && { holder: lock.holder, until: lock.until };
    this.locks.setState(after ? new Map(locks).set(channel, after) : without(locks, channel), true);
  }

  private clear(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    this.presence.setState(new Map(), true);
    this.typists.setState(new Map(), true);
    this.locks.setState(new Map(), true);
  }
}

type Signal = {
  [S in
    | "presence_state"
    | "presence_joined"
    | "presence_updated"
    | "presence_left"
    | "typing"
    | "record_locked"
    | "record_unlocked"]: {
    name: S;
    said: SignalOf<S>;
  };
}[
  | "presence_state"
  | "presence_joined"
  | "presence_updated"
  | "presence_left"
  | "typing"
  | "record_locked"
  | "record_unlocked"];

function without<T>(map: ByChannel<T>, key: string): ByChannel<T> {
  if (!map.has(key)) return map;
  const after = new Map(map);
  after.delete(key);
  return after;
}

function isLock(lease: unknown): lease is Lock {
  return typeof lease === "object" && lease !== null && "holder" in lease && "until" in lease;
}
