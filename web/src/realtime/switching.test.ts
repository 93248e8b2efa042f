// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Door, DoorKind, Hearing, OpenDoor, Welcome } from "./doors/door";
import { FakeNetwork } from "./fixtures/server";
import { type Above, type Link, Switching, TIMES } from "./switching";

interface Opened extends Door {
  readonly from: string | null;
  readonly hear: Hearing;
  isClosed: boolean;
}

let opened: Opened[];
let links: Link[];
let cursor: string | null;
let network: FakeNetwork;
let takeSnapshot: ReturnType<typeof vi.fn<() => Promise<void>>>;
let above: Above;
let switching: Switching;

const door =
  (kind: DoorKind): OpenDoor =>
  (from, hear) => {
    const close = () => {
      made.isClosed = true;
    };
    const made: Opened = { kind, from, hear, isClosed: false, close };
    opened.push(made);
    return made;
  };

beforeEach(() => {
  vi.useFakeTimers();
  [opened, links, cursor, network] = [[], [], "e.1", new FakeNetwork()];
  takeSnapshot = vi.fn(async () => {
    cursor = "e.7";
  });
  const reached = (place: string) => {
    cursor = place;
  };
  const listens = { told: vi.fn(), signal: vi.fn(), reached };
  above = { ...listens, cursor: () => cursor, takeSnapshot, changed: (link) => void links.push(link) };
  switching = new Switching([door("socket"), door("sse"), door("polling")], above, network, TIMES, () => 1);
  switching.start();
});

afterEach(() => {
  switching.close();
  vi.useRealTimers();
});

const last = (): Opened => {
  const made = opened.at(-1);
  if (made === undefined) throw new Error("No door was opened.");
  return made;
};
const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const welcome = (more: Partial<Welcome> = {}): Welcome => ({
  cursor: "e.2",
  snapshot_required: false,
  heartbeat_s: 15,
  ...more,
});
const kinds = () => opened.map(({ kind }) => kind);

describe("the switching of doors (L3)", () => {
  it("opens the best door at the newest cursor, and is live when what was missed has been told", () => {
    expect(last()).toMatchObject({ kind: "socket", from: "e.1" });
    expect(switching.door).toBeNull();
    last().hear.ready(welcome());
    expect(switching.state).toMatchObject({ state: "live", door: "socket", retryAt: null });
    expect(cursor).toBe("e.2");
  });

  it("falls back after two failures of a door, and stays with the last", async () => {
    for (let each = 0; each < 6; each += 1) {
      last().hear.lost();
      await pass((switching.state.retryAt ?? 0) - Date.now());
    }
    expect(kinds()).toEqual(["socket", "socket", "sse", "sse", "polling", "polling", "polling"]);
  });

  it("says when it will try again, later each time", () => {
    last().hear.lost();
    expect(switching.state.retryAt).toBe(Date.now() + 500);
    vi.advanceTimersByTime(500);
    last().hear.lost();
    expect(switching.state).toMatchObject({ state: "reconnecting", retryAt: Date.now() + 1_000 });
  });

  it("goes on to the next door at once where one gives no sign of life while opening", async () => {
    await pass(TIMES.opening + 2_000);
    expect(opened[0]?.isClosed).toBe(true);
    expect(kinds()).toEqual(["socket", "sse"]);
  });

  it("has patience with a long replay as long as something comes", async () => {
    for (let each = 0; each < 10; each += 1) {
      await pass(5_000);
      last().hear.alive();
    }
    expect(opened).toHaveLength(1);
  });

  it("takes a live door for dead after twice the heartbeat and 5 s of silence", async () => {
    last().hear.ready(welcome());
    await pass(34_000);
    expect(opened[0]?.isClosed).toBe(false);
    await pass(3_000);
    expect(opened[0]?.isClosed).toBe(true);
    expect(kinds()).toEqual(["socket", "socket"]);
  });

  it("opens a lost live door again without giving it up", async () => {
    last().hear.ready(welcome());
    last().hear.lost();
    expect(switching.state.state).toBe("reconnecting");
    await pass(500);
    expect(last()).toMatchObject({ kind: "socket", from: "e.2" });
  });

  describe("at a lesser door", () => {
    beforeEach(async () => {
      for (let each = 0; each < 2; each += 1) {
        last().hear.lost();
        await pass(2_000);
      }
      last().hear.ready(welcome());
    });

    it("counts as live at SSE, and tries the better one in the background", async () => {
      expect(switching.state).toMatchObject({ state: "live", door: "sse" });
      await pass(TIMES.firstReturn);
      expect(kinds().slice(2)).toEqual(["sse", "socket"]);
      expect(switching.state).toMatchObject({ state: "live", door: "sse" });
    });

    it("closes the old door only when the new one has caught up", async () => {
      const sse = last();
      await pass(TIMES.firstReturn);
      expect(last().from).toBe("e.2");
      expect(sse.isClosed).toBe(false);
      last().hear.ready(welcome({ cursor: "e.9" }));
      expect(sse.isClosed).toBe(true);
      expect(switching.state).toMatchObject({ state: "live", door: "socket" });
    });

    it("tries again every 30 s while the better one stays shut", async () => {
      await pass(TIMES.firstReturn);
      last().hear.lost();
      await pass(TIMES.return - 1);
      expect(opened).toHaveLength(4);
      last().hear.alive();
      await pass(1);
      expect(kinds().slice(3)).toEqual(["socket", "socket"]);
    });

    it("hears nothing more from a door that was closed", async () => {
      const sse = last();
      await pass(TIMES.firstReturn);
      last().hear.ready(welcome());
      sse.hear.told([]);
      sse.hear.lost();
      expect(above.told).not.toHaveBeenCalled();
      expect(switching.state.state).toBe("live");
    });
  });

  it("F2: takes a snapshot where its place is no base, and goes on from there", async () => {
    last().hear.ready(welcome({ snapshot_required: true }));
    await pass();
    expect(takeSnapshot).toHaveBeenCalledOnce();
    expect(last()).toMatchObject({ kind: "socket", from: "e.7" });
    expect(opened[0]?.isClosed).toBe(true);
  });

  it("V4: does the same where its rights change under way", async () => {
    last().hear.ready(welcome());
    last().hear.stale();
    await pass();
    expect(takeSnapshot).toHaveBeenCalledOnce();
    expect(last().from).toBe("e.7");
  });

  it("F2: takes it at once also where the server had been away for long before", async () => {
    for (let each = 0; each < 8; each += 1) {
      last().hear.lost();
      await pass((switching.state.retryAt ?? 0) - Date.now());
    }
    last().hear.ready(welcome({ snapshot_required: true }));
    await pass();
    expect(takeSnapshot).toHaveBeenCalledOnce();
    expect(last().from).toBe("e.7");
  });

  it("does not take one snapshot after the other where none is good", async () => {
    for (let each = 0; each < 5; each += 1) {
      last().hear.ready(welcome({ snapshot_required: true }));
      await pass(100);
    }
    expect(takeSnapshot.mock.calls.length).toBeLessThan(3);
  });

  it("tries a snapshot again that could not be fetched", async () => {
    takeSnapshot.mockRejectedValueOnce(new Error("network"));
    last().hear.stale();
    await pass();
    expect(opened).toHaveLength(1);
    await pass(2_000);
    expect(takeSnapshot).toHaveBeenCalledTimes(2);
    expect(last().from).toBe("e.7");
  });

  it("is offline while the browser says so, and tries at once when that ends", async () => {
    last().hear.ready(welcome());
    network.set(false);
    expect(switching.state).toMatchObject({ state: "offline", door: null, retryAt: null });
    expect(opened[0]?.isClosed).toBe(true);
    await pass(600_000);
    expect(opened).toHaveLength(1);
    network.set(true);
    expect(last()).toMatchObject({ kind: "socket", from: "e.2" });
    expect(opened).toHaveLength(2);
  });

  it("O7: comes back when a server that restarts has said", async () => {
    last().hear.ready(welcome());
    last().hear.draining(2_500);
    last().hear.lost();
    await pass(2_400);
    expect(opened).toHaveLength(1);
    await pass(200);
    expect(opened).toHaveLength(2);
  });

  it("S1: is over for good when the session is", async () => {
    last().hear.ready(welcome());
    last().hear.ended("password");
    expect(switching.state).toEqual({ state: "ended", door: null, retryAt: null, reason: "password" });
    network.set(true);
    await pass(600_000);
    expect(opened).toHaveLength(1);
  });
});
