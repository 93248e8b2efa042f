import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeTicker } from "./useNow";

beforeEach(() => {
  vi.useFakeTimers({ now: 10_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the shared ticker (V3)", () => {
  it("is one timer for all who look, and none when nobody does", () => {
    const ticker = makeTicker(15_000);
    const [a, b] = [vi.fn(), vi.fn()];
    const offs = [ticker.subscribe(a), ticker.subscribe(b)];
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(15_000);
    expect([a.mock.calls.length, b.mock.calls.length, ticker.now()]).toEqual([1, 1, 25_000]);
    for (const off of offs) off();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("gives the same moment between two ticks, so that nothing renders for nothing", () => {
    const ticker = makeTicker(15_000);
    ticker.subscribe(vi.fn());
    const before = ticker.now();
    vi.advanceTimersByTime(14_000);
    expect(ticker.now()).toBe(before);
  });

  it("is not behind when somebody looks again after a pause", () => {
    const ticker = makeTicker(15_000);
    ticker.subscribe(vi.fn())();
    vi.advanceTimersByTime(600_000);
    expect(ticker.now()).toBe(610_000);
  });
});
