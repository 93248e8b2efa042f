// The tabs of one person in one browser. They share what is kept: one of them writes the replica, and a command that waits
// is looked after by the tab it was given in, or, when that one is gone, by the first that notices. Web Locks say who is
// there; where there are none (plain http in a house's own network) every tab does everything, which costs a repeated
// question to the server and harms nothing: a command happens once by its op_id.

import { Ids } from "./ids";
import type { Off } from "./wire";

/** As much of `navigator.locks` as is used. */
export interface Locks {
  request(name: string, act: () => Promise<unknown>): Promise<unknown>;
  request(name: string, options: { signal?: AbortSignal }, act: () => Promise<unknown>): Promise<unknown>;
  query(): Promise<{ held?: { name?: string }[] }>;
}

/** This tab among the others of the same person and tenant. */
export class Tabs {
  readonly id = new Ids().next();
  private readonly abort = new AbortController();
  private readonly releases = new Set<Off>();

  constructor(
    private readonly scope: string,
    private readonly locks: Locks | null = browserLocks(),
  ) {
    void this.hold(this.nameOf(this.id), () => undefined);
  }

  /** Called once this tab is the one that writes the replica. */
  lead(onLead: () => void): void {
    void this.hold(`${this.scope}/replica`, onLead);
  }

  /** Runs alone among all tabs; `isAlive` says whether a tab is still there. */
  async alone<T>(act: (isAlive: (tab: string) => boolean) => Promise<T>): Promise<T> {
    const { locks } = this;
    if (locks === null) return act((tab) => tab === this.id);
    const found = locks.request(`${this.scope}/outbox`, async () => {
      const held = new Set((await locks.query()).held?.map(({ name }) => name));
      return act((tab) => tab === this.id || held.has(this.nameOf(tab)));
    });
    return found as Promise<T>;
  }

  close(): void {
    this.abort.abort();
    for (const release of this.releases) release();
  }

  private nameOf(tab: string): string {
    return `${this.scope}/tab/${tab}`;
  }

  /** Holds a lock, once it is free, until this tab is closed. */
  private async hold(name: string, onHeld: () => void): Promise<void> {
    if (this.locks === null) {
      onHeld();
      return;
    }
    const untilClosed = () =>
      new Promise<void>((release) => {
        if (this.abort.signal.aborted) release();
        else onHeld();
        this.releases.add(release);
      });
    await this.locks.request(name, { signal: this.abort.signal }, untilClosed).catch(() => undefined);
  }
}

function browserLocks(): Locks | null {
  return typeof navigator !== "undefined" && "locks" in navigator ? (navigator.locks as Locks) : null;
}
