// @vitest-environment node
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Locks, Tabs } from "./tabs";

/** Web Locks, as far as tabs ask for them. */
class FakeLocks implements Locks {
  private readonly queues = new Map<string, Promise<unknown>>();
  private readonly held = new Set<string>();

  request(name: string, ...given: unknown[]): Promise<unknown> {
    const act = given.at(-1) as () => Promise<unknown>;
    const before = this.queues.get(name) ?? Promise.resolve();
    const turn = before.then(async () => {
      this.held.add(name);
      return act().finally(() => this.held.delete(name));
    });
    this.queues.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  }

  query() {
    return Promise.resolve({ held: [...this.held].map((name) => ({ name })) });
  }
}

const open: Tabs[] = [];
function tab(locks: Locks | null): Tabs {
  const tabs = new Tabs("scope", locks);
  open.push(tabs);
  return tabs;
}
afterEach(() => {
  for (const tabs of open.splice(0)) tabs.close();
});
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("the tabs of one person (L4)", () => {
  it("let one of them write, and the next when that one is closed", async () => {
    const locks = new FakeLocks();
    const [first, second] = [tab(locks), tab(locks)];
    const [leads, follows] = [vi.fn(), vi.fn()];
    first.lead(leads);
    second.lead(follows);
    await settled();
    expect([leads.mock.calls.length, follows.mock.calls.length]).toEqual([1, 0]);
    first.close();
    await settled();
    expect(follows).toHaveBeenCalledOnce();
  });

  it("know which of them are still there", async () => {
    const locks = new FakeLocks();
    const [first, second] = [tab(locks), tab(locks)];
    await settled();
    const seen = () => second.alone(async (isAlive) => [first.id, second.id, "gone"].map(isAlive));
    expect(await seen()).toEqual([true, true, false]);
    first.close();
    await settled();
    expect(await seen()).toEqual([false, true, false]);
  });

  it("look after the outbox one at a time", async () => {
    const locks = new FakeLocks();
    const steps: string[] = [];
    const look = (name: string) => async () => {
      steps.push(`${name} begins`);
      await settled();
      steps.push(`${name} ends`);
    };
    await Promise.all([tab(locks).alone(look("one")), tab(locks).alone(look("two"))]);
    expect(steps).toEqual(["one begins", "one ends", "two begins", "two ends"]);
  });

  it("each do everything where the browser has no locks", async () => {
    const [first, second] = [tab(null), tab(null)];
    const leads = vi.fn();
    first.lead(leads);
    second.lead(leads);
    expect(leads).toHaveBeenCalledTimes(2);
    expect(await second.alone(async (isAlive) => isAlive(first.id))).toBe(false);
  });
});
