// @vitest-environment node
// Random days: a network that loses, delays and cuts, a server that is busy, restarts and forgets, tabs that are reloaded,
// people who work meanwhile. Whatever happens, in the end the board shows what the server holds, nothing waits any more
// but what was refused, and each command was performed once.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pass, type Sitting, sitDown } from "./fixtures/board";
import { oneOf, seeded } from "./fixtures/random";
import { FakeServer } from "./fixtures/server";
import type { EventName, Meta } from "./wire";

const SEEDS = 150;
const STEPS = 40;

class Day {
  readonly server = new FakeServer();
  readonly outcomes: Promise<unknown>[] = [];
  readonly heard: string[] = [];
  private readonly random: () => number;
  private sitting: Sitting;
  private readonly given: string[] = [];
  private readonly refused = new Set<string>();
  private isBad = true;
  /** The network lets nothing through but plain requests. */
  private isBlocked = false;

  constructor(seed: number) {
    this.random = seeded(seed);
    for (let each = 0; each < 5; each += 1) this.server.by("create_call", { id: `c${each}`, title: "Start" });
    this.server.weather = () => (this.isBad && this.random() < 0.04 ? "lost" : 1 + Math.floor(this.random() * 40));
    this.server.busy = () =>
      this.isBad && this.random() < 0.1 ? { code: "unavailable", message: "Busy.", retry: true } : null;
    this.sitting = this.sit();
  }

  async lives(): Promise<void> {
    for (let step = 0; step < STEPS; step += 1) {
      await this.happens();
      await pass(Math.floor(this.random() * 400));
    }
  }

  /** The weather clears, and everything comes to rest. */
  async calmsDown(): Promise<void> {
    this.isBad = false;
    this.isBlocked = false;
    this.sitting.network.set(true);
    await pass(120_000);
    await Promise.all(this.outcomes);
  }

  get held() {
    return this.sitting.client.records.getState();
  }

  get waiting() {
    return this.sitting.client.outbox.entries.getState().filter(({ state }) => state !== "refused");
  }

  /** What was given and neither performed exactly once nor refused. */
  get astray() {
    const { performed } = this.server;
    for (const { state, payload } of this.sitting.client.outbox.entries.getState()) {
      if (state === "refused") this.refused.add(String(payload.title));
    }
    const times = (title: string) => performed.filter((each) => each.title === title).length;
    return this.given.filter((title) => times(title) !== (this.refused.has(title) ? 0 : 1));
  }

  /** My own work on each call, in the order performed. */
  get order(): Map<unknown, number[]> {
    const order = new Map<unknown, number[]>();
    for (const { id, title } of this.server.performed) {
      const [, mine] = String(title).split("mine ");
      if (mine !== undefined) order.set(id, [...(order.get(id) ?? []), Number(mine)]);
    }
    return order;
  }

  close(): Promise<void> {
    return this.sitting.client.close();
  }

  private sit(before?: Sitting): Sitting {
    const blocked = (): number | "lost" => (this.isBlocked ? "lost" : this.server.weather());
    const doors = [this.server.socket(blocked), this.server.stream(blocked), this.server.polling()];
    const times = { backoff: 50, firstReturn: 100, return: 300 };
    const kept = before && { storage: before.storage };
    const sitting = sitDown(this.server, { doors, times, random: this.random, ...kept });
    sitting.client.on("*", (_, meta: Meta, event: EventName) => this.heard.push(`${event} ${meta.cursor}`));
    return sitting;
  }

  private async happens(): Promise<void> {
    const { server, random } = this;
    const id = `c${Math.floor(random() * 7)}`;
    const acts = {
      work: () => this.work(id),
      more: () => this.work(id),
      again: () => this.work(id),
      others: () => void server.by("update_call", { id, title: `other ${random()}` }),
      deletes: () => void (random() < 0.3 && server.by("delete_call", { id })),
      cut: () => server.cut(),
      offline: () => this.sitting.network.set(false),
      online: () => this.sitting.network.set(true),
      blocks: () => {
        this.isBlocked = !this.isBlocked;
        if (this.isBlocked) server.cut();
      },
      restart: () => this.restarts(),
      forgets: () => void (random() < 0.3 && server.forgetFeed()),
      reload: () => this.reloads(),
    };
    await oneOf(random, Object.values(acts))();
  }

  private work(id: string): void {
    const { client } = this.sitting;
    const { random } = this;
    const title = random() < 0.1 ? "bad" : `mine ${this.given.length}`;
    if (title !== "bad") this.given.push(title);
    const call = client.records.getState().calls.get(id);
    const version = call && random() < 0.4 ? { expected_version: call.version } : {};
    const done = call
      ? client.do("update_call", { id, title, ...version })
      : client.do("create_call", { id, title, customer_name: "Ann" });
    this.outcomes.push(done.catch(() => void this.refused.add(title)));
  }

  private restarts(): void {
    this.server.epoch = `e${Math.floor(this.random() * 1e6)}`;
    this.server.cut();
  }

  private async reloads(): Promise<void> {
    if (this.random() < 0.5) return;
    const before = this.sitting;
    await Promise.all([before.client.close(), pass(10)]);
    this.outcomes.length = 0; // whoever waited is gone with the page
    this.sitting = this.sit(before);
  }
}

describe("random days", () => {
  let day: Day | null = null;

  beforeEach(() => void vi.useFakeTimers());
  afterEach(async () => {
    await day?.close();
    vi.useRealTimers();
  });

  it.each(Array.from({ length: SEEDS }, (_, seed) => seed))("L2, L3, L4: day %i ends well", async (seed) => {
    day = new Day(seed);
    await day.lives();
    await day.calmsDown();
    expect(day.waiting).toEqual([]);
    expect(Object.fromEntries(day.held.calls)).toEqual(Object.fromEntries(day.server.calls));
    expect(day.held.pending.size).toBe(0);
    expect(day.astray).toEqual([]);
    for (const [id, mine] of day.order) expect(mine, `order of ${id}`).toEqual([...mine].sort((a, b) => a - b));
    expect(new Set(day.heard).size).toBe(day.heard.length);
  });
});
