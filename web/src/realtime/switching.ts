// Which door is open (L3). The best one first; one that will not open gives way to the next, and from a lesser one the
// better are tried again in the background. A new door is opened at the newest cursor and the old one is closed only when
// the new one has caught up, so nothing is lost; what comes by both is ignored by the replica.

import type { Door, DoorKind, Hearing, OpenDoor, Welcome } from "./doors/door";
import type { Off, Told } from "./wire";

/** All in milliseconds but `failures`. */
export interface Times {
  /** This often a door may fail to open before the next is tried. */
  failures: number;
  /** Without a sign of life that long, an opening door has failed. */
  opening: number;
  /** The first wait before another attempt, and the longest. */
  backoff: number;
  longest: number;
  /** The first look for a better door, and the further ones. */
  firstReturn: number;
  return: number;
}

export const TIMES: Times = {
  failures: 2,
  opening: 6_000,
  backoff: 500,
  longest: 30_000,
  firstReturn: 3_000,
  return: 30_000,
};

/** Whether there is a network at all, as the browser knows it. */
export interface Network {
  isOnline(): boolean;
  /** Called when that changes, and when somebody looks at the page again. */
  onChange(fn: () => void): Off;
}

export interface Link {
  state: "connecting" | "live" | "reconnecting" | "polling" | "offline" | "ended";
  door: DoorKind | null;
  retryAt: number | null;
  reason: string | null;
}

/** Who uses the open door. */
export interface Above {
  cursor(): string | null;
  /** Fetch a snapshot and put it in place of the replica. */
  takeSnapshot(): Promise<void>;
  told(events: readonly Told[]): void;
  reached(cursor: string): void;
  signal(name: string, said: unknown): void;
  /** The link is another: a door opened, closed, or the session ended. */
  changed(link: Link): void;
}

const OFFLINE = { state: "offline", door: null, retryAt: null } as const;

interface Attempt {
  door: Door | null;
  readonly level: number;
  isReady: boolean;
  isOver: boolean;
  heardAt: number;
  patience: number;
  watch: ReturnType<typeof setInterval> | null;
}

/** Keeps one door open. */
export class Switching {
  private level = 0;
  private failures = 0;
  private misses = 0;
  private current: Attempt | null = null;
  private trial: Attempt | null = null;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private returnTimer: ReturnType<typeof setTimeout> | undefined;
  private link: Link = { state: "connecting", door: null, retryAt: null, reason: null };
  private needsSnapshot = false;
  /** The newest snapshot has not led to an open door yet. */
  private wasStale = false;
  private isBusy = false;
  private drainingMs: number | null = null;
  private offNetwork: Off = () => undefined;

  constructor(
    private readonly doors: readonly OpenDoor[],
    private readonly above: Above,
    private readonly network: Network,
    private readonly times: Times = TIMES,
    private readonly random: () => number = Math.random,
  ) {}

  /** The door that is open, where one is. */
  get door(): Door | null {
    return this.current?.isReady ? this.current.door : null;
  }

  get state(): Link {
    return this.link;
  }

  start(): void {
    this.offNetwork = this.network.onChange(() => this.networkChanged());
    this.begin();
  }

  /** The session is over, as some door or answer said. */
  end(reason: string): void {
    if (this.link.state === "ended") return;
    this.shut();
    this.set({ state: "ended", door: null, retryAt: null, reason });
  }

  close(): void {
    this.shut();
    this.link = { state: "ended", door: null, retryAt: null, reason: null };
  }

  // -- opening ---------------------------------------------------------------------------------------------------

  private begin(): void {
    clearTimeout(this.retryTimer);
    if (this.link.state === "ended" || this.isBusy || this.current !== null) return;
    if (!this.network.isOnline()) {
      this.set(OFFLINE);
      return;
    }
    if (this.link.state === "offline") this.set({ state: "reconnecting", retryAt: null });
    if (this.needsSnapshot || this.above.cursor() === null) void this.snapshot();
    else this.open(this.level, "current");
  }

  private async snapshot(): Promise<void> {
    this.isBusy = true;
    const failed = await this.above.takeSnapshot().then(
      () => false,
      () => true,
    );
    this.isBusy = false;
    if (this.link.state === "ended") return;
    this.needsSnapshot = failed;
    if (failed) this.later();
    else this.begin();
  }

  private open(level: number, place: "current" | "trial"): void {
    const attempt: Attempt = {
      door: null,
      level,
      isReady: false,
      isOver: false,
      heardAt: Date.now(),
      patience: this.times.opening,
      watch: null,
    };
    this[place] = attempt;
    attempt.watch = setInterval(() => this.checkAlive(attempt), 1_000);
    const door = this.doors[level]?.(this.above.cursor(), this.hearing(attempt));
    if (attempt.isOver) door?.close();
    else attempt.door = door ?? null;
  }

  private hearing(attempt: Attempt): Hearing {
    const whileOpen =
      <A extends unknown[]>(act: (...given: A) => void) =>
      (...given: A) => {
        if (!attempt.isOver) act(...given);
      };
    return {
      told: whileOpen((events) => this.above.told(events)),
      reached: whileOpen((cursor) => this.above.reached(cursor)),
      ready: whileOpen((welcome) => this.ready(attempt, welcome)),
      stale: whileOpen(() => this.stale(attempt)),
      signal: whileOpen((name, said) => this.above.signal(name, said)),
      draining: whileOpen((ms) => this.draining(attempt, ms)),
      ended: whileOpen((reason) => this.end(reason)),
      lost: whileOpen(() => this.lost(attempt)),
      alive: whileOpen(() => {
        attempt.heardAt = Date.now();
      }),
    };
  }

  // -- what becomes of a door ------------------------------------------------------------------------------------

  private ready(attempt: Attempt, welcome: Welcome): void {
    if (welcome.snapshot_required) {
      this.stale(attempt);
      return;
    }
    attempt.isReady = true;
    attempt.patience = (welcome.heartbeat_s * 2 + 5) * 1_000;
    this.above.reached(welcome.cursor);
    if (attempt === this.trial) this.swap(attempt);
    this.level = attempt.level;
    this.failures = 0;
    this.misses = 0;
    this.wasStale = false;
    this.set({
      state: attempt.door?.kind === "polling" ? "polling" : "live",
      door: attempt.door?.kind ?? null,
      retryAt: null,
    });
    clearTimeout(this.returnTimer);
    if (this.level > 0) this.returnTimer = setTimeout(() => this.tryBetter(0), this.times.firstReturn);
  }

  private swap(trial: Attempt): void {
    const old = this.current;
    this.current = trial;
    this.trial = null;
    if (old !== null) finish(old);
  }

  private stale(attempt: Attempt): void {
    finish(attempt);
    if (attempt === this.trial) this.trial = null;
    else this.current = null;
    if (this.current !== null) return; // what the open door makes of it is its own affair
    this.needsSnapshot = true;
    const isAgain = !attempt.isReady && this.wasStale;
    this.wasStale = true;
    this.misses += 1;
    if (attempt.isReady) this.set({ state: "reconnecting", door: null, retryAt: null });
    if (isAgain) this.later();
    else this.begin();
  }

  private draining(attempt: Attempt, ms: number): void {
    this.drainingMs = ms;
    if (attempt.door?.kind === "sse") this.lost(attempt); // the stream ends here by itself; do not take it for a fault
  }

  private lost(attempt: Attempt): void {
    finish(attempt);
    if (attempt === this.trial) this.trialFailed(attempt);
    if (attempt !== this.current) return;
    this.current = null;
    if (!attempt.isReady) this.countFailures(1);
    this.later();
  }

  private countFailures(count: number): void {
    this.failures += count;
    if (this.failures < this.times.failures || this.level >= this.doors.length - 1) return;
    this.level += 1;
    this.failures = 0;
  }

  /** Wait a little, longer each time, never at the same moment as all the others. */
  private later(): void {
    clearTimeout(this.returnTimer);
    if (this.trial !== null) finish(this.trial);
    this.trial = null;
    if (!this.network.isOnline()) {
      this.set(OFFLINE);
      return;
    }
    const base = Math.min(this.times.longest, this.times.backoff * 2 ** this.misses);
    const wait = this.drainingMs ?? base * (0.5 + this.random() / 2);
    this.drainingMs = null;
    this.misses += 1;
    const state = this.link.state === "connecting" && this.misses < 2 ? "connecting" : "reconnecting";
    this.set({ state, door: null, retryAt: Date.now() + wait });
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => this.begin(), wait);
  }

  // -- the way back ----------------------------------------------------------------------------------------------

  private tryBetter(level: number): void {
    if (this.trial !== null || this.current === null || level >= this.level) return;
    this.open(level, "trial");
  }

  private trialFailed(attempt: Attempt): void {
    this.trial = null;
    const next = attempt.level + 1;
    clearTimeout(this.returnTimer);
    if (next < this.level) this.tryBetter(next);
    else this.returnTimer = setTimeout(() => this.tryBetter(0), this.times.return);
  }

  // -- the world -------------------------------------------------------------------------------------------------

  /** A door that does not answer at all will hardly do so the second time: on to the next one. */
  private checkAlive(attempt: Attempt): void {
    if (attempt.isOver || Date.now() - attempt.heardAt <= attempt.patience) return;
    if (attempt === this.current && !attempt.isReady) this.countFailures(this.times.failures - 1);
    this.lost(attempt);
  }

  private networkChanged(): void {
    if (this.link.state === "ended") return;
    if (!this.network.isOnline()) {
      this.goOffline();
    } else if (this.current === null) {
      this.misses = 0;
      this.begin();
    }
  }

  private goOffline(): void {
    for (const attempt of [this.current, this.trial]) if (attempt !== null) finish(attempt);
    this.current = null;
    this.trial = null;
    clearTimeout(this.retryTimer);
    clearTimeout(this.returnTimer);
    this.level = 0;
    this.failures = 0;
    this.set(OFFLINE);
  }

  private set(change: Partial<Link>): void {
    this.link = { ...this.link, ...change };
    this.above.changed(this.link);
  }

  private shut(): void {
    clearTimeout(this.retryTimer);
    clearTimeout(this.returnTimer);
    this.offNetwork();
    for (const attempt of [this.current, this.trial]) if (attempt !== null) finish(attempt);
    this.current = null;
    this.trial = null;
  }
}

function finish(attempt: Attempt): void {
  attempt.isOver = true;
  if (attempt.watch !== null) clearInterval(attempt.watch);
  attempt.door?.close();
}

/** The browser's own word for it; elsewhere there is always a network. */
export function browserNetwork(): Network {
  if (typeof window === "undefined") return { isOnline: () => true, onChange: () => () => undefined };
  return {
    isOnline: () => navigator.onLine,
    onChange: (fn) => {
      const seen = () => document.visibilityState === "visible" && fn();
      window.addEventListener("online", fn);
      window.addEventListener("offline", fn);
      document.addEventListener("visibilitychange", seen);
      return () => {
        window.removeEventListener("online", fn);
        window.removeEventListener("offline", fn);
        document.removeEventListener("visibilitychange", seen);
      };
    },
  };
}
