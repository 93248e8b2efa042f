// What the board shows, kept up to date: the replica, the optimistic layers over it, and those who listen. Events are
// gathered and put in together, at most once a frame (U4), and listeners are told when the store already shows them.

import { createStore, type StoreApi } from "zustand/vanilla";
import { type Held, nothingHeld } from "./held";
import { type Guess, Optimistic } from "./optimistic";
import { type Moment, Replica, type Touched } from "./replica";
import type { EventName, Listener, Off, Told, WholeSnapshot } from "./wire";

/** Calls back soon: before the next picture where there is one, at once where nobody looks. */
export type Schedule = (flush: () => void) => Off;

/** Who is told of every change, to write it down. */
export interface Writer {
  changed(moment: Moment, touched: Touched | "all"): void;
}

/** A command that was acknowledged, until that is shown. */
interface Settling {
  op_id: string;
  cursor: string;
  truth: readonly Guess[];
  shown: () => void;
}

/** The one place that changes `store`. */
export class LiveRecords {
  readonly store: StoreApi<Held> = createStore(nothingHeld);
  private replica = new Replica();
  private readonly layers = new Optimistic();
  private isLoaded = false;
  private queue: Told[] = [];
  private place: string | null = null;
  private settling: Settling[] = [];
  private isShowing = false;
  private unschedule: Off | null = null;
  private readonly listeners = new Map<EventName | "*", Set<Listener>>();

  constructor(
    private readonly schedule: Schedule,
    private readonly writer: Writer,
    private readonly applied: (count: number) => void,
  ) {}

  get now(): Moment {
    return this.replica.now;
  }

  /** The place of the newest thing heard, whether it is shown already or about to be. */
  get cursor(): string | null {
    return this.place ?? this.queue.at(-1)?.meta.cursor ?? this.replica.now.cursor;
  }

  /** The replica of the last time, from storage. */
  restore(moment: Moment): void {
    this.replica = new Replica(moment);
    this.isLoaded = true;
    this.show();
  }

  /** A snapshot; what was heard before it and is not shown yet is in it. */
  replace(snapshot: WholeSnapshot): void {
    this.queue = [];
    this.place = null;
    this.replica.replace(snapshot);
    this.layers.replaced();
    this.isLoaded = true;
    this.show();
    this.writer.changed(this.replica.now, "all");
  }

  /** Events from a door: shown soon. */
  tell(events: readonly Told[]): void {
    if (this.place !== null) this.flush();
    for (const event of events) this.queue.push(event);
    this.soon();
  }

  /** All up to here has been told. */
  reach(cursor: string): void {
    this.place = cursor;
    this.soon();
  }

  /** Put in what waits, now. */
  flush(): void {
    this.unschedule?.();
    this.unschedule = null;
    const { queue, place, settling } = this;
    this.queue = [];
    this.place = null;
    this.settling = [];
    const { fresh, touched } = this.replica.apply(queue);
    const moved = place !== null && this.replica.reach(place);
    for (const { op_id, cursor, truth } of settling) this.layers.settle(op_id, cursor, truth);
    this.layers.reached(this.replica.now.cursor);
    this.show();
    if (fresh.length > 0 || moved) this.writer.changed(this.replica.now, touched);
    if (fresh.length > 0) this.applied(fresh.length);
    for (const told of fresh) this.announce(told);
    for (const { shown } of settling) shown();
  }

  /** Show what a command will do. */
  guess(op_id: string, guesses: readonly Guess[]): void {
    this.layers.add(op_id, guesses);
    this.showInThisTurn();
  }

  /** It happened: what the ack says stands in for the guess until the replica has it. Ends when that is shown. */
  settle(op_id: string, cursor: string, truth: readonly Guess[]): Promise<void> {
    return new Promise((shown) => {
      this.settling.push({ op_id, cursor, truth, shown });
      this.soon();
    });
  }

  /** It did not happen: take back what was shown. */
  takeBack(op_id: string): void {
    this.layers.drop(op_id);
    this.showInThisTurn();
  }

  /** Live events, each once, after it is in `store`. */
  on(event: EventName | "*", fn: Listener): Off {
    const listeners = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, listeners.add(fn));
    return () => void listeners.delete(fn);
  }

  close(): void {
    this.unschedule?.();
    this.listeners.clear();
  }

  private soon(): void {
    this.unschedule ??= this.schedule(() => this.flush());
  }

  /** Before the next picture, and once for all that one turn does: a hundred commands are shown together. */
  private showInThisTurn(): void {
    if (this.isShowing) return;
    this.isShowing = true;
    queueMicrotask(() => this.show());
  }

  private show(): void {
    this.isShowing = false;
    const held = this.layers.over(this.replica.now, this.isLoaded);
    if (held !== this.store.getState()) this.store.setState(held, true);
  }

  private announce({ event, data, meta }: Told): void {
    for (const name of [event, "*"] as const) {
      for (const fn of [...(this.listeners.get(name) ?? [])]) fn(data as never, meta, event);
    }
  }
}

/** At the next frame; where no frame comes because the page is hidden, in a moment. */
export function nextFrame(flush: () => void): Off {
  const timer = setTimeout(run, typeof document !== "undefined" && !document.hidden ? 50 : 0);
  const frame = typeof requestAnimationFrame === "function" ? requestAnimationFrame(run) : null;
  function cancel() {
    clearTimeout(timer);
    if (frame !== null) cancelAnimationFrame(frame);
  }
  function run() {
    cancel();
    flush();
  }
  return cancel;
}
