// @vitest-environment node
import { deleteDB, openDB } from "idb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aCall, aSnapshot, aUser, told } from "./fixtures/records";
import { IndexedDbStorage, scopeOf } from "./indexeddb";
import { Replica } from "./replica";
import type { StoredEntry } from "./storage";

let storage: IndexedDbStorage;
let replica: Replica;

beforeEach(() => {
  storage = new IndexedDbStorage("test");
  replica = new Replica();
  replica.replace(aSnapshot(5, [aCall("a", 1), aCall("b", 2)], [aUser("ada")]));
});

afterEach(async () => {
  storage.close();
  await deleteDB("test");
});

const entry = (op_id: string): StoredEntry => ({ op_id, command: "start_call", payload: { id: "a" }, at: 1, tab: "x" });

/** The replica as another visit finds it. */
async function onTheNextVisit() {
  storage.close();
  storage = new IndexedDbStorage("test");
  return storage.load();
}

describe("what is kept in the browser (L2)", () => {
  it("is nothing on the first visit", async () => {
    expect(await storage.load()).toBeNull();
    expect(await storage.entries()).toEqual([]);
  });

  it("is the whole replica with its place", async () => {
    await storage.save({ ...replica.now, former: new Map([["u9", "Otto"]]) }, "all");
    expect(await onTheNextVisit()).toEqual({ ...replica.now, former: new Map([["u9", "Otto"]]) });
  });

  it("is what changed since, with the place it belongs to", async () => {
    await storage.save(replica.now, "all");
    const { touched } = replica.apply([
      told("call_updated", aCall("a", 6, { title: "Changed" })),
      told("call_deleted", aCall("b", 7)),
    ]);
    await storage.save(replica.now, touched);
    expect(await onTheNextVisit()).toEqual(replica.now);
  });

  it("is replaced as a whole where a snapshot replaced the replica", async () => {
    await storage.save(replica.now, "all");
    replica.replace(aSnapshot(9, [aCall("c", 9)]));
    await storage.save(replica.now, "all");
    expect([...((await onTheNextVisit())?.tables.calls.keys() ?? [])]).toEqual(["c"]);
  });

  it("is the state before, whole, where a write breaks off", async () => {
    await storage.save(replica.now, "all");
    const before = replica.now;
    replica.apply([told("call_updated", aCall("a", 6))]);
    const bad = aCall("x", 7, { title: (() => "no data can be a function") as unknown as string });
    replica.apply([told("call_created", bad)]);
    await expect(storage.save(replica.now, "all")).rejects.toThrow();
    expect(await onTheNextVisit()).toEqual(before);
  });

  it("U4: is 10,000 calls, written and read in a moment", async () => {
    replica.replace(
      aSnapshot(
        5,
        Array.from({ length: 10_000 }, (_, each) => aCall(`c${each}`, 1)),
      ),
    );
    await storage.save(replica.now, "all");
    expect((await onTheNextVisit())?.tables.calls.size).toBe(10_000);
  }, 20_000);

  it("L4: is the outbox, in the order given, which outlives the replica", async () => {
    await storage.putEntry(entry("o2"));
    await storage.putEntry(entry("o1"));
    await storage.putEntry({ ...entry("o3"), label: "first" });
    await storage.putEntry({ ...entry("o3"), label: "second" });
    await storage.deleteEntry("o2");
    await storage.save(replica.now, "all");
    await storage.forgetReplica();
    expect(await onTheNextVisit()).toBeNull();
    expect(await storage.entries()).toEqual([entry("o1"), { ...entry("o3"), label: "second" }]);
  });

  it("makes way for a newer form of itself in another tab, and then keeps nothing", async () => {
    await storage.load();
    (await openDB("test", 2)).close();
    await expect(storage.entries()).resolves.toEqual([]);
  });

  it("is kept apart by tenant and user", () => {
    const tenant = { id: "t1", slug: "main", name: "Main" };
    expect(scopeOf({ tenant, user: aUser("ada") })).not.toBe(scopeOf({ tenant, user: aUser("ben") }));
  });
});
