// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Following, follow, type Tracked } from "./following";

const tracked = (status: string): Tracked => ({
  number: "S-0042",
  device_type: "Laptop",
  status,
  promised_on: null,
  steps: [],
});

class Source extends EventTarget {
  static opened: Source[] = [];
  closed = false;
  constructor(readonly url: string) {
    super();
    Source.opened.push(this);
  }
  close() {
    this.closed = true;
  }
  tells(status: string) {
    this.dispatchEvent(new MessageEvent("tracked", { data: JSON.stringify(tracked(status)) }));
  }
}

const start = (answers: (Response | Error)[], withSource = true) => {
  const heard: Following[] = [];
  const asked = vi.fn(async () => {
    const next = answers.shift();
    if (next === undefined) throw new Error("asked once too often");
    if (next instanceof Error) throw next;
    return next;
  });
  const stop = follow("TXZ7GAXTQDQT", (now) => heard.push(now), {
    fetch: asked,
    EventSource: withSource ? (Source as unknown as typeof EventSource) : undefined,
    interval: 1000,
  });
  return { heard, asked, stop };
};

const found = (status: string) => Response.json(tracked(status));
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  Source.opened = [];
});
afterEach(() => vi.useRealTimers());

describe("following a repair by its code", () => {
  it("asks once, then hears of every change live", async () => {
    const { heard, asked, stop } = start([found("Received")]);
    await settle();
    Source.opened[0]?.tells("Ready");
    expect(heard.map((now) => now.state)).toEqual(["asking", "found", "found"]);
    expect(heard.at(-1)).toMatchObject({ live: true, tracked: { status: "Ready" } });
    expect(Source.opened[0]?.url).toBe("/api/track/TXZ7GAXTQDQT/realtime");
    expect(asked).toHaveBeenCalledTimes(1);
    stop();
    expect(Source.opened[0]?.closed).toBe(true);
  });

  it("asks for a wrong code once and opens no stream for it", async () => {
    const { heard, asked } = start([new Response(null, { status: 404 })]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(heard.at(-1)).toEqual({ state: "unknown" });
    expect(asked).toHaveBeenCalledTimes(1);
    expect(Source.opened).toHaveLength(0);
  });

  it("asks again when the stream breaks, and goes back to the stream", async () => {
    const { heard, stop } = start([found("Received"), found("In repair")]);
    await settle();
    Source.opened[0]?.dispatchEvent(new Event("error"));
    expect(Source.opened[0]?.closed).toBe(true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(heard.at(-1)).toMatchObject({ tracked: { status: "In repair" } });
    expect(Source.opened).toHaveLength(2);
    stop();
  });

  it("asks every so often where the browser knows no streams", async () => {
    const { heard, stop } = start([found("Received"), found("Ready")], false);
    await vi.advanceTimersByTimeAsync(1000);
    expect(heard.at(-1)).toMatchObject({ live: false, tracked: { status: "Ready" } });
    stop();
  });

  it("waits as long as it is told after too many wrong codes", async () => {
    const limited = new Response(null, { status: 429, headers: { "Retry-After": "20" } });
    const { heard, asked, stop } = start([limited, found("Ready")]);
    await vi.advanceTimersByTimeAsync(19_000);
    expect(heard.at(-1)).toEqual({ state: "limited", seconds: 20 });
    expect(asked).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(heard.at(-1)).toMatchObject({ state: "found" });
    stop();
  });

  it("says when nothing answers, tries again, and tells nothing after it was left", async () => {
    const { heard, stop } = start([new Error("offline"), found("Ready")]);
    await settle();
    expect(heard.at(-1)).toEqual({ state: "unreachable" });
    stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(heard).toHaveLength(2);
  });
});
