// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from "vitest";
import { aCall, aSnapshot, told } from "./fixtures/records";
import { LiveRecords } from "./records";
import type { AnyRecord } from "./wire";

let frame: (() => void) | null;
let live: LiveRecords;
const written = vi.fn();
const counted = vi.fn();

beforeEach(() => {
  frame = null;
  const schedule = (flush: () => void) => {
    frame = flush;
    return () => {
      frame = null;
    };
  };
  live = new LiveRecords(schedule, { changed: written }, counted);
  live.replace(aSnapshot(1, [aCall("a", 1)]));
  vi.clearAllMocks();
});

const nextFrame = () => frame?.();
const title = (id: string) => live.store.getState().calls.get(id)?.title;
const update = (id: string, version: number, words: string) =>
  told("call_updated", aCall(id, version, { title: words }));

describe("the live records", () => {
  it("U4: put in together what came within a frame, by one change of the store", () => {
    const changes = vi.fn();
    live.store.subscribe(changes);
    for (let seq = 2; seq < 1_002; seq += 1) live.tell([update(`c${seq}`, seq, "new")]);
    expect(changes).not.toHaveBeenCalled();
    nextFrame();
    expect(changes).toHaveBeenCalledTimes(1);
    expect(live.store.getState().calls.size).toBe(1_001);
    expect(counted).toHaveBeenCalledWith(1_000);
    expect(written).toHaveBeenCalledTimes(1);
  });

  it("tell listeners of each event once, when the store already shows the whole batch", () => {
    const seen: unknown[] = [];
    live.on("call_updated", (_, meta) => seen.push([meta.cursor, title("a")]));
    live.on("*", (_, meta, event) => seen.push([event, meta.version]));
    live.tell([update("a", 2, "two"), update("a", 2, "two"), update("a", 3, "three")]);
    nextFrame();
    live.tell([update("a", 3, "three")]);
    nextFrame();
    expect(seen).toEqual([
      ["e.2", "three"],
      ["call_updated", 2],
      ["e.3", "three"],
      ["call_updated", 3],
    ]);
  });

  it("tell nobody who has left, and no listener of a snapshot", () => {
    const hears = vi.fn();
    const off = live.on("*", hears);
    live.replace(aSnapshot(5, [aCall("a", 5)]));
    off();
    live.tell([update("a", 6, "six")]);
    nextFrame();
    expect(hears).not.toHaveBeenCalled();
  });

  it("F4: forget what was heard before a snapshot and not shown yet", () => {
    live.tell([update("a", 2, "two")]);
    live.replace(aSnapshot(1, [aCall("a", 1, { title: "restored" })]));
    nextFrame();
    expect(title("a")).toBe("restored");
  });

  it("know the newest place heard, also before it is shown", () => {
    live.tell([update("a", 2, "two")]);
    expect(live.cursor).toBe("e.2");
    live.reach("e.9");
    expect(live.cursor).toBe("e.9");
    nextFrame();
    expect(live.now.cursor).toBe("e.9");
  });

  it("V5: show a guess within the turn, and end it together with its event", async () => {
    const make = (record: AnyRecord | undefined) => record && ({ ...record, title: "guess" } as AnyRecord);
    live.guess("o1", [{ plural: "calls", id: "a", make }]);
    await Promise.resolve();
    expect(title("a")).toBe("guess");
    const seen: unknown[] = [];
    live.store.subscribe(() => seen.push(title("a")));
    live.tell([update("a", 2, "truth")]);
    const shown = live.settle("o1", "e.2", []);
    nextFrame();
    await shown;
    expect(seen).toEqual(["truth"]);
  });

  it("take a guess back", async () => {
    live.guess("o1", [{ plural: "calls", id: "a", make: () => undefined }]);
    await Promise.resolve();
    expect(title("a")).toBeUndefined();
    live.takeBack("o1");
    await Promise.resolve();
    expect(title("a")).toBe("No power");
  });
});
