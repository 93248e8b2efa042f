// The polling door: asks every few seconds what has happened since the cursor. Slow, and through any network.

import { type Http, query } from "../http";
import { Refusal } from "../refusal";
import type { Told } from "../wire";
import type { Door, Hearing, OpenDoor } from "./door";

export interface PollingOptions {
  http: Http;
  /** The path of the changes, without query. */
  path: string;
  resources: readonly string[];
  /** Milliseconds between two looks. */
  interval: number;
}

interface Changes {
  cursor: string;
  events: Told[];
  more: boolean;
}

/** A door that looks now and then. */
export function pollingDoor(options: PollingOptions): OpenDoor {
  return (cursor, hearing) => new PollingDoor(cursor, hearing, options);
}

class PollingDoor implements Door {
  readonly kind = "polling";
  private isOver = false;
  private isReady = false;
  private isLooking = false;
  private isWanted = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly abort = new AbortController();

  constructor(
    private cursor: string | null,
    private readonly hearing: Hearing,
    private readonly options: PollingOptions,
  ) {
    void this.look();
  }

  readonly nudge = (): void => {
    this.isWanted = this.isLooking;
    if (!this.isLooking && !this.isOver) void this.look();
  };

  close(): void {
    this.isOver = true;
    clearTimeout(this.timer);
    this.abort.abort();
  }

  private async look(): Promise<void> {
    clearTimeout(this.timer);
    this.isLooking = true;
    try {
      while (await this.lookOnce()) this.isWanted = false;
      this.isLooking = false;
      if (!this.isOver) this.timer = setTimeout(() => void this.look(), this.options.interval);
    } catch (error) {
      this.fail(error);
    }
  }

  /** Whether there is more to be had at once. */
  private async lookOnce(): Promise<boolean> {
    const { http, path, resources } = this.options;
    const address = path + query({ since: this.cursor ?? "", resources, wait: 0 });
    const { body, headers } = await http.ask(address, { signal: this.abort.signal });
    if (this.isOver) return false;
    this.hearing.alive();
    const changes = body as Changes | null;
    this.cursor = changes?.cursor ?? headers.get("Callboard-Cursor") ?? this.cursor;
    if (changes !== null && changes.events.length > 0) this.hearing.told(changes.events);
    if (this.cursor !== null) this.hearing.reached(this.cursor);
    if (changes?.more) return true;
    this.welcome();
    return this.isWanted && !this.isOver;
  }

  private welcome(): void {
    if (this.isReady || this.isOver || this.cursor === null) return;
    this.isReady = true;
    const heartbeat_s = this.options.interval / 1000;
    this.hearing.ready({ cursor: this.cursor, snapshot_required: false, heartbeat_s });
  }

  private fail(error: unknown): void {
    if (this.isOver) return;
    this.close();
    if (error instanceof Refusal && error.code === "snapshot_required") this.hearing.stale();
    else if (error instanceof Refusal && error.code === "unauthenticated") this.hearing.ended("expired");
    else this.hearing.lost();
  }
}
