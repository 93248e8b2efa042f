// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { connect } from "./connect";
import { pass, type Sitting, sitDown } from "./fixtures/board";
import { ADA, FakeServer, TENANT } from "./fixtures/server";
import { Refusal } from "./refusal";
import { MemoryStorage } from "./storage";

let server: FakeServer;
let open: Sitting[] = [];

function sit(options: Parameters<typeof sitDown>[1] = {}): Sitting {
  const sitting = sitDown(server, options);
  open.push(sitting);
  return sitting;
}

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  server.by("create_call", { id: "c1", title: "First" });
});

afterEach(async () => {
  await Promise.all(open.map(({ client }) => client.close()));
  open = [];
  vi.useRealTimers();
});

const titleOf = ({ client }: Sitting, id: string) => client.records.getState().calls.get(id)?.title;
const statesOf = ({ client }: Sitting) => client.outbox.entries.getState().map(({ state }) => state);

describe("a client", () => {
  it("shows a snapshot, goes live, and then follows the feed", async () => {
    const ada = sit();
    await pass();
    expect(titleOf(ada, "c1")).toBe("First");
    expect(ada.client.status()).toMatchObject({ state: "live", door: "socket" });
    server.by("update_call", { id: "c1", title: "Changed" });
    await pass();
    expect(titleOf(ada, "c1")).toBe("Changed");
    expect(ada.client.status().updates).toBe(1);
  });

  it("tells listeners of live events only, once, when the records already show them", async () => {
    const ada = sit();
    const seen: unknown[] = [];
    ada.client.on("call_updated", (call) => seen.push([call.title, titleOf(ada, "c1")]));
    await pass();
    expect(seen).toEqual([]);
    server.by("update_call", { id: "c1", title: "Two" });
    await pass();
    server.cut();
    await pass(2_000);
    expect(seen).toEqual([["Two", "Two"]]);
  });

  it("V5: shows at once what a command will do, and the server's word when it is there", async () => {
    const ada = sit();
    await pass();
    const done = ada.client.do("update_call", { id: "c1", title: "Mine" });
    await pass(0);
    expect(titleOf(ada, "c1")).toBe("Mine");
    expect([...ada.client.records.getState().pending]).toEqual(["c1"]);
    await pass();
    expect(await done).toMatchObject({ state: "acknowledged", ack: { data: { title: "Mine" } } });
    expect(ada.client.records.getState().pending.size).toBe(0);
    expect(server.calls.get("c1")?.title).toBe("Mine");
  });

  it("V5: takes back what was refused, and throws the server's own sentence", async () => {
    const ada = sit();
    await pass();
    const done = ada.client.do("update_call", { id: "c1", title: "bad" });
    const caught = done.catch((error: unknown) => error);
    await pass(0);
    expect(titleOf(ada, "c1")).toBe("bad");
    await pass();
    const refusal = await caught;
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({ code: "invalid", message: "That title will not do." });
    expect(titleOf(ada, "c1")).toBe("First");
    expect(statesOf(ada)).toEqual([]);
  });

  it("gives a new record an id at once, so that it is shown before it has a number", async () => {
    const ada = sit();
    await pass();
    const done = ada.client.do("create_call", { title: "New", customer_name: "Ann" });
    await pass(0);
    const shown = [...ada.client.records.getState().calls.values()].find(({ title }) => title === "New");
    expect(shown?.number).toBe(0);
    await pass();
    expect(await done).toMatchObject({ ack: { data: { id: shown?.id } } });
  });

  it("L4: holds commands while offline, shows them as pending, and sends them in order on return", async () => {
    const ada = sit();
    await pass();
    ada.network.set(false);
    const held = [
      ada.client.do("update_call", { id: "c1", title: "One" }),
      ada.client.do("create_call", { id: "c2", title: "Two", customer_name: "Ann" }),
      ada.client.do("update_call", { id: "c1", title: "Three" }),
    ];
    await pass(10);
    expect((await Promise.all(held)).map(({ state }) => state)).toEqual(["held", "held", "held"]);
    expect(titleOf(ada, "c1")).toBe("Three");
    expect(ada.client.status()).toMatchObject({ state: "offline", waiting: 3 });
    server.heard.length = 0;
    ada.network.set(true);
    await pass(500);
    expect(server.heard.filter((line) => line.endsWith("c1"))).toEqual(["update_call c1", "update_call c1"]);
    expect(server.calls.get("c1")?.title).toBe("Three");
    expect(server.calls.has("c2")).toBe(true);
    expect(statesOf(ada)).toEqual([]);
  });

  it("L4: a held command that is refused stays, to be mended or dropped, and is taken back on the board", async () => {
    const ada = sit();
    await pass();
    ada.network.set(false);
    const outcome = await Promise.all([ada.client.do("update_call", { id: "c1", title: "bad" }), pass(10)]);
    ada.network.set(true);
    await pass(500);
    expect(titleOf(ada, "c1")).toBe("First");
    const [entry] = ada.client.outbox.entries.getState();
    expect(entry).toMatchObject({ state: "refused", refusal: { message: "That title will not do." } });
    expect(outcome[0]).toEqual({ state: "held", op_id: entry?.op_id });
    ada.client.outbox.retry(entry?.op_id ?? "", { id: "c1", title: "Good" });
    await pass();
    expect(server.calls.get("c1")?.title).toBe("Good");
    expect(statesOf(ada)).toEqual([]);
  });

  it("L4: after a reload what waits is shown and sent", async () => {
    const ada = sit();
    await pass(1_000);
    ada.network.set(false);
    void ada.client.do("update_call", { id: "c1", title: "Offline" });
    await pass(10);
    await ada.client.close();
    const again = sit({ storage: ada.storage, doors: [] });
    await pass(10);
    expect(titleOf(again, "c1")).toBe("Offline");
    await again.client.close();
    sit({ storage: ada.storage });
    await pass(500);
    expect(server.calls.get("c1")?.title).toBe("Offline");
    expect(await ada.storage.entries()).toEqual([]);
  });

  it("L4: what is older than 30 days is asked about, not sent", async () => {
    const ada = sit();
    await pass(1_000);
    ada.network.set(false);
    void ada.client.do("update_call", { id: "c1", title: "Old" });
    await pass(10);
    await ada.client.close();
    vi.setSystemTime(Date.now() + 31 * 24 * 3_600_000);
    const again = sit({ storage: ada.storage });
    await pass(500);
    expect(statesOf(again)).toEqual(["old"]);
    expect(server.calls.get("c1")?.title).toBe("First");
    again.client.outbox.sendOld(again.client.outbox.entries.getState()[0]?.op_id ?? "");
    await pass();
    expect(server.calls.get("c1")?.title).toBe("Old");
  });

  it("L2: shows the stored replica before the network answers, and goes on from its place", async () => {
    const first = sit();
    await pass(1_000);
    await first.client.close();
    server.by("update_call", { id: "c1", title: "Meanwhile" });
    const fetched = vi.fn(server.fetch);
    const again = sit({ storage: first.storage, fetch: fetched });
    await pass(0);
    expect(titleOf(again, "c1")).toBe("First");
    await pass();
    expect(titleOf(again, "c1")).toBe("Meanwhile");
    expect(fetched).not.toHaveBeenCalled();
  });

  it("F2: takes a snapshot where its place is no base any more", async () => {
    const ada = sit();
    await pass();
    ada.network.set(false);
    server.by("create_call", { id: "c2", title: "Unseen" });
    server.forgetFeed();
    ada.network.set(true);
    await pass(500);
    expect(titleOf(ada, "c2")).toBe("Unseen");
    expect(ada.client.status().state).toBe("live");
  });

  it("L3: sends commands over HTTP where the door takes none", async () => {
    const ada = sit({ doors: [server.stream()] });
    await pass();
    const done = ada.client.do("update_call", { id: "c1", title: "By HTTP" });
    await pass();
    expect(await done).toMatchObject({ state: "acknowledged" });
    expect(titleOf(ada, "c1")).toBe("By HTTP");
    expect(ada.client.status()).toMatchObject({ state: "live", door: "sse" });
  });

  it("never keeps a password: offline it says so at once", async () => {
    const ada = sit();
    await pass();
    ada.network.set(false);
    const change = ada.client.do("change_password", { id: "ada", current: "secret one", new: "secret two" });
    await expect(change).rejects.toMatchObject({ code: "unavailable" });
    expect(await ada.storage.entries()).toEqual([]);
    expect(statesOf(ada)).toEqual([]);
  });

  it("S1: when the session ends it stops for good, says why, and keeps what waits", async () => {
    const ada = sit();
    await pass(1_000);
    server.endSessions("expired");
    await pass(60_000);
    expect(ada.client.status()).toMatchObject({ state: "ended", reason: "expired", door: null });
    const outcome = await Promise.all([ada.client.do("update_call", { id: "c1", title: "Later" }), pass(10)]);
    expect(outcome[0].state).toBe("held");
    expect(await ada.storage.entries()).toHaveLength(1);
    expect(await ada.storage.load()).not.toBeNull();
  });

  it("S1: of somebody who was deleted nothing is kept but what he had not sent", async () => {
    const ada = sit();
    await pass(1_000);
    expect(await ada.storage.load()).not.toBeNull();
    server.endSessions("deleted");
    await pass(1_000);
    expect(await ada.storage.load()).toBeNull();
  });

  it("S1: who signs out by hand leaves none of the records behind, and not before he does", async () => {
    const ada = sit();
    await pass(1_000);
    expect(await ada.storage.load()).not.toBeNull();
    await ada.client.forget();
    expect(await ada.storage.load()).toBeNull();
    server.by("update_call", { id: "c1", title: "Later" });
    await pass(1_000);
    await ada.client.close();
    expect(await ada.storage.load()).toBeNull();
  });

  it("S1: a 401 ends it", async () => {
    const ada = sit({ fetch: async () => new Response("{}", { status: 401 }) });
    await pass();
    expect(ada.client.status()).toMatchObject({ state: "ended", reason: "expired" });
  });

  it("U4: a hundred commands in one turn are shown by one change of the store", async () => {
    for (let each = 0; each < 100; each += 1) server.by("create_call", { id: `b${each}`, title: "Bulk" });
    const ada = sit();
    await pass(500);
    const changes = vi.fn();
    ada.client.records.subscribe(changes);
    for (let each = 0; each < 100; each += 1) void ada.client.do("update_call", { id: `b${each}`, title: "Done" });
    await pass(0);
    expect(changes).toHaveBeenCalledTimes(1);
    await pass(1_000);
    expect([...server.calls.values()].filter(({ title }) => title === "Done")).toHaveLength(100);
  });

  it("asks who is signed in where nobody said so", async () => {
    const fetch: typeof globalThis.fetch = async (address, request) =>
      String(address).endsWith("/api/me")
        ? Response.json({ user: ADA, tenant: TENANT })
        : server.fetch(address, request);
    const client = connect({ doors: [server.socket()], fetch, storage: new MemoryStorage() });
    expect(() => client.me).toThrow();
    await Promise.all([client.started, pass()]);
    expect(client.me.user.id).toBe("ada");
    await client.close();
  });
});
