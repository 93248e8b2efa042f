// @vitest-environment node
// Against the real server over its real doors: what the stand-ins of the other tests only claim.

import { EventSource } from "eventsource";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Client, ConnectOptions } from "./client";
import { connect } from "./connect";
import { doorsFor } from "./doors/all";
import type { OpenDoor } from "./doors/door";
import type { EventSourceLike } from "./doors/sse";
import { Callboard } from "./fixtures/callboard";
import { Http } from "./http";
import { MemoryStorage } from "./storage";
import { type Call, PLURALS, type WholeSnapshot } from "./wire";

const server = new Callboard();
let credentials: Awaited<ReturnType<Callboard["signIn"]>>;
let clients: Client[] = [];

beforeAll(async () => {
  await server.start();
  credentials = await server.signIn();
}, 40_000);
afterAll(() => server.remove());
afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  clients = [];
});

const eventually = (look: () => unknown) => vi.waitFor(look, { timeout: 15_000, interval: 20 });
const http = () => new Http({ url: server.url, token: credentials.token, fetch, onSignedOut: () => undefined });

function eventSource(address: string): EventSourceLike {
  const headers = { Authorization: `Bearer ${credentials.token}` };
  return new EventSource(address, {
    fetch: (url, init) => fetch(url, { ...init, headers: { ...init?.headers, ...headers } }),
  }) as EventSourceLike;
}

function realDoors(): readonly [socket: OpenDoor, sse: OpenDoor, polling: OpenDoor] {
  const { token, tenant } = credentials;
  const place = { http: http(), url: server.url, token, slug: tenant.slug, resources: PLURALS };
  const doors = doorsFor({ ...place, pollInterval: 50, eventSource });
  return doors as unknown as readonly [OpenDoor, OpenDoor, OpenDoor];
}

async function sitDown(doors: readonly OpenDoor[], options: ConnectOptions = {}): Promise<Client> {
  const { token, user, tenant } = credentials;
  const times = { backoff: 20, firstReturn: 20, return: 50 };
  const all = { url: server.url, token, user, tenant, storage: new MemoryStorage(), locks: null, times };
  const client = connect({ ...all, doors, ...options });
  clients.push(client);
  await eventually(() => expect(["live", "polling"]).toContain(client.status().state));
  return client;
}

/** F7 for this client: what it shows is what a fresh snapshot says. */
async function holdsTheTruth(client: Client): Promise<void> {
  const snapshot = (await http().ask(`/api/tenants/${credentials.tenant.slug}/snapshot`)).body as WholeSnapshot;
  const held = client.records.getState();
  for (const plural of PLURALS) {
    const fresh = Object.fromEntries((snapshot.records[plural] ?? []).map((record) => [record.id, record]));
    expect(Object.fromEntries(held[plural]), plural).toEqual(fresh);
  }
}

async function made(client: Client, title: string): Promise<Call> {
  const outcome = await client.do("create_call", { title, customer_name: "Ann Gray" });
  if (outcome.state !== "acknowledged" || outcome.ack.data === null) throw new Error("not acknowledged");
  return outcome.ack.data;
}

describe("a client of the real server", { timeout: 40_000 }, () => {
  it.each(["socket", "sse", "polling"] as const)("F7: follows others and works itself by %s", async (kind) => {
    const [socket, sse, polling] = realDoors();
    const other = await sitDown([socket]);
    const client = await sitDown([{ socket, sse, polling }[kind]]);
    expect(client.status().door).toBe(kind);
    const { id } = await made(other, "Theirs");
    const mine = await made(client, "Mine");
    await client.do("assign_call", { id: mine.id, assignee_id: credentials.user.id });
    await client.do("update_call", { id: mine.id, priority: "urgent", expected_version: mine.version });
    await other.do("complete_call", { id: mine.id, resolution: "A new fuse." });
    const deleted = await other.do("delete_call", { id });
    if (deleted.state === "acknowledged") await client.undo(deleted.ack.cursor);
    await eventually(() => expect(client.records.getState().calls.get(mine.id)?.status).toBe("completed"));
    await eventually(() => expect(client.records.getState().calls.get(id)?.number).toBeGreaterThan(0));
    await eventually(() => holdsTheTruth(client));
    await eventually(() => holdsTheTruth(other));
  });

  it("asks over any door", async () => {
    const client = await sitDown([realDoors()[2]]);
    const call = await made(client, "A kettle that whistles");
    expect((await client.ask("search", { q: "whistl" })).items[0]?.id).toBe(call.id);
    expect((await client.ask("count", { resource: "calls", q: "whistl" })).total).toBe(1);
    expect((await client.ask("list", { resource: "calls", sort: "-created_at", limit: 1 })).items[0]?.id).toBe(call.id);
    expect((await client.ask("get", { resource: "calls", id: call.id })).data.id).toBe(call.id);
    expect((await client.ask("activity", { resource: "calls", id: call.id })).items[0]?.action).toBe("create_call");
    const start = (await client.ask("explain", { resource: "calls", id: call.id })).find(
      (a) => a.command === "start_call",
    );
    expect(start?.why).toMatch(/new/);
  });

  it("says no in the server's words", async () => {
    const client = await sitDown([realDoors()[0]]);
    const call = await made(client, "Refuse me");
    await expect(client.do("start_call", { id: call.id })).rejects.toMatchObject({ code: "refused" });
    await expect(client.do("update_call", { id: call.id, title: "" })).rejects.toMatchObject({
      code: "invalid",
      fields: { title: expect.any(String) },
    });
    expect(client.records.getState().calls.get(call.id)).toMatchObject({ status: "new", title: "Refuse me" });
  });

  it("F6: people see each other and what they type", async () => {
    const [socket] = realDoors();
    const [ada, other] = [await sitDown([socket]), await sitDown([socket])];
    const { id } = await made(ada, "Looked at");
    const channel = `calls/${id}`;
    const leave = ada.channels.join(channel, { view: "drawer" });
    other.channels.join(channel);
    const there = () => other.channels.presence.getState().get(channel)?.[0]?.connections;
    await eventually(() => expect(there()).toBe(2));
    await eventually(() => expect(other.channels.presence.getState().get("team")?.[0]?.user.name).toBeDefined());
    leave();
    await eventually(() => expect(there()).toBe(1));
  });

  it("L3: falls back where no WebSocket gets through, and returns when one does", async () => {
    const [socket, sse, polling] = realDoors();
    let isBlocked = true;
    const maybe: OpenDoor = (cursor, hearing) => {
      if (!isBlocked) return socket(cursor, hearing);
      queueMicrotask(() => hearing.lost());
      return { kind: "socket", close: () => undefined };
    };
    const client = await sitDown([maybe, sse, polling]);
    expect(client.status().door).toBe("sse");
    const seen: string[] = [];
    client.on("call_created", (call) => seen.push(call.title));
    await made(client, "by SSE");
    isBlocked = false;
    await eventually(() => expect(client.status().door).toBe("socket"));
    await made(client, "by socket");
    await eventually(() => holdsTheTruth(client));
    expect(seen).toEqual(["by SSE", "by socket"]);
  });

  it("L3, L4: outlives a restart of the server; what was asked meanwhile happens once", async () => {
    const client = await sitDown(realDoors());
    await server.stop();
    await eventually(() => expect(client.status().state).toBe("reconnecting"));
    const held = await client.do("create_call", { title: "While it was away", customer_name: "Ann Gray" });
    expect(held.state).toBe("held");
    await server.start();
    await eventually(() => expect(client.outbox.entries.getState()).toEqual([]));
    await eventually(() => holdsTheTruth(client));
    const found = [...client.records.getState().calls.values()].filter(({ title }) => title === "While it was away");
    expect(found).toHaveLength(1);
    expect(found[0]?.number).toBeGreaterThan(0);
  });

  it("S1: hears that its session ended", async () => {
    const client = await sitDown(realDoors());
    await http().ask("/api/logout", { method: "POST" });
    await eventually(() => expect(client.status()).toMatchObject({ state: "ended", reason: "logout" }));
  });
});
