// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, type Mock, vi } from "vitest";
import { aCall, aSnapshot, told } from "./fixtures/records";
import { Replica } from "./replica";
import { Scribe } from "./scribe";
import { MemoryStorage } from "./storage";

let storage: MemoryStorage;
let scribe: Scribe;
let replica: Replica;
let save: Mock<MemoryStorage["save"]>;

beforeEach(() => {
  vi.useFakeTimers();
  storage = new MemoryStorage();
  save = vi.spyOn(storage, "save");
  scribe = new Scribe(storage, 500);
  replica = new Replica();
  replica.replace(aSnapshot(1, [aCall("a", 1)]));
});
afterEach(() => void vi.useRealTimers());

const pass = (ms = 500) => vi.advanceTimersByTimeAsync(ms);
function changes(id: string, version: number) {
  const { touched } = replica.apply([told("call_updated", aCall(id, version))]);
  scribe.changed(replica.now, touched);
}

describe("writing the replica down (L2)", () => {
  it("writes what many changes touched at once, half a second later", async () => {
    scribe.lead(false);
    scribe.restored(replica.now);
    changes("a", 2);
    changes("b", 3);
    await pass(499);
    expect(save).not.toHaveBeenCalled();
    await pass(1);
    expect(save.mock.calls).toEqual([[replica.now, new Map([["calls", new Set(["a", "b"])]])]]);
  });

  it("writes everything where nothing was stored, or another tab wrote last", async () => {
    scribe.lead(false);
    changes("a", 2);
    await pass();
    expect(save.mock.calls[0]?.[1]).toBe("all");
    changes("a", 3);
    scribe.lead(true);
    await pass();
    expect(save.mock.calls[1]?.[1]).toBe("all");
  });

  it("writes nothing while another tab does", async () => {
    changes("a", 2);
    await pass(10_000);
    expect(save).not.toHaveBeenCalled();
    scribe.lead(true);
    await pass();
    expect(await storage.load()).toEqual(replica.now);
  });

  it("writes everything again after a write that failed: nothing may be missing under a later place", async () => {
    scribe.lead(false);
    scribe.restored(replica.now);
    save.mockRejectedValueOnce(new Error("the disk is full"));
    changes("a", 2);
    await pass();
    changes("b", 3);
    await pass();
    expect(save.mock.calls[1]?.[1]).toBe("all");
  });

  it("writes what waits when the page is left", async () => {
    scribe.lead(false);
    changes("a", 2);
    await scribe.finish();
    expect(await storage.load()).toEqual(replica.now);
  });

  it("S1: forgets, and does not write again", async () => {
    scribe.lead(false);
    changes("a", 2);
    await scribe.finish();
    await scribe.forget();
    changes("a", 3);
    await pass();
    expect(await storage.load()).toBeNull();
  });
});
