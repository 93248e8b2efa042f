// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Entry, Outbox, PATIENCE, type Way } from "./outbox";
import { Refusal, Unreachable } from "./refusal";
import { MemoryStorage } from "./storage";
import type { Ack } from "./wire";

interface Sent {
  entry: Entry;
  ack(version?: number): void;
  fail(error: Error): void;
}

let sent: Sent[];
let way: Way;
let isCutOff: boolean;
let storage: MemoryStorage;
let shown: string[];
let outbox: Outbox;
let opIds: number;

beforeEach(() => {
  vi.useFakeTimers();
  [sent, shown, way, isCutOff, opIds] = [[], [], "socket", false, 0];
  storage = new MemoryStorage();
  outbox = new Outbox({
    storage,
    tab: "this",
    patience: PATIENCE,
    way: () => way,
    isCutOff: () => isCutOff,
    send: (entry) =>
      new Promise((resolve, fail) => {
        const ack = (version = 1) =>
          resolve({ data: { version }, also: [], also_total: 0, cursor: "e.1" } as unknown as Ack);
        sent.push({ entry, ack, fail });
      }),
    begun: ({ op_id }) => shown.push(`+${op_id}`),
    undone: ({ op_id }) => shown.push(`-${op_id}`),
    acknowledged: async ({ op_id }) => void shown.push(`=${op_id}`),
  });
});

afterEach(() => {
  outbox.close();
  vi.useRealTimers();
});

function put(
  id: string,
  more: Record<string, unknown> = {},
  command: Entry["command"] = "update_call",
  isSecret = false,
) {
  opIds += 1;
  const outcome = outbox.put({ op_id: `o${opIds}`, command, payload: { id, ...more }, at: Date.now() }, isSecret);
  outcome.catch(() => undefined);
  return outcome;
}

const tick = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const onTheWay = () => sent.map(({ entry }) => entry.op_id);
const states = () => outbox.entries.getState().map(({ op_id, state }) => `${op_id} ${state}`);
const busy = (more = {}) => new Refusal({ code: "unavailable", message: "Busy.", retry: true, ...more });
const no = () => new Refusal({ code: "refused", message: "It is closed.", retry: false });

describe("the outbox", () => {
  it("sends what concerns different records without waiting, in order", async () => {
    put("a");
    put("b");
    expect(onTheWay()).toEqual(["o1", "o2"]);
  });

  it("L4: lets what concerns a record wait for what was asked of it before, and moves it to the version that came of that", async () => {
    put("a", { expected_version: 3 });
    put("a", { expected_version: 3 });
    expect(onTheWay()).toEqual(["o1"]);
    sent[0]?.ack(8);
    await tick();
    expect(onTheWay()).toEqual(["o1", "o2"]);
    expect(sent[1]?.entry.payload.expected_version).toBe(8);
  });

  it("lets what names a new record wait until that is made", async () => {
    put("cust", {}, "create_customer");
    put("call", { customer_id: "cust" }, "create_call");
    expect(onTheWay()).toEqual(["o1"]);
    sent[0]?.ack();
    await tick();
    expect(onTheWay()).toEqual(["o1", "o2"]);
  });

  it("sends one at a time over HTTP", async () => {
    way = "http";
    put("a");
    put("b");
    expect(onTheWay()).toEqual(["o1"]);
    sent[0]?.ack();
    await tick();
    expect(onTheWay()).toEqual(["o1", "o2"]);
  });

  it("ends with the answer, when the board shows it", async () => {
    const outcome = put("a");
    sent[0]?.ack();
    expect(await outcome).toMatchObject({ state: "acknowledged", ack: { cursor: "e.1" } });
    expect(shown).toEqual(["+o1", "=o1"]);
    expect(await storage.entries()).toEqual([]);
  });

  it("sends the same op_id again when no answer comes within 10 s", async () => {
    put("a");
    await tick(10_000);
    await tick(PATIENCE.retry);
    expect(onTheWay()).toEqual(["o1", "o1"]);
  });

  it("tells the caller after 5 s that it is held, and goes on trying", async () => {
    const outcome = put("a");
    await tick(5_000);
    expect(await outcome).toEqual({ state: "held", op_id: "o1" });
    sent[0]?.ack();
    await tick();
    expect(states()).toEqual([]);
  });

  it("tells him at once where nothing is connected and nothing will be soon", async () => {
    [way, isCutOff] = [null, true];
    const outcome = put("a");
    await tick();
    expect(await outcome).toEqual({ state: "held", op_id: "o1" });
    expect(states()).toEqual(["o1 waiting"]);
    expect((await storage.entries()).map(({ op_id }) => op_id)).toEqual(["o1"]);
  });

  it("waits as long as a busy server says, and everything behind it too", async () => {
    put("a");
    sent[0]?.fail(busy({ retry_after: 3 }));
    await tick();
    put("b");
    await tick(2_900);
    expect(onTheWay()).toEqual(["o1"]);
    await tick(200);
    expect(onTheWay()).toEqual(["o1", "o1", "o2"]);
  });

  it("waits longer each time the server is busy again", async () => {
    put("a");
    const times: number[] = [];
    for (let each = 0; each < 4; each += 1) {
      const begun = Date.now();
      const before = sent.length;
      sent.at(-1)?.fail(busy());
      while (sent.length === before) await tick(50);
      times.push(Date.now() - begun);
    }
    expect(times).toEqual([500, 1_000, 2_000, 4_000]);
  });

  it("sends at once again when a way opens", async () => {
    put("a");
    sent[0]?.fail(new Unreachable("cut"));
    way = null;
    await tick(60_000);
    expect(onTheWay()).toEqual(["o1"]);
    way = "socket";
    outbox.resume();
    expect(onTheWay()).toEqual(["o1", "o1"]);
  });

  it("throws a refusal to whoever waits, and forgets the command", async () => {
    const outcome = put("a");
    sent[0]?.fail(no());
    await expect(outcome).rejects.toMatchObject({ message: "It is closed." });
    expect(shown).toEqual(["+o1", "-o1"]);
    expect(states()).toEqual([]);
  });

  it("L4: keeps one that is refused when nobody waits any more, over a reload too, until it is dropped", async () => {
    put("a");
    await tick(5_000);
    sent[0]?.fail(no());
    await tick();
    expect(states()).toEqual(["o1 refused"]);
    const [kept] = await storage.entries();
    expect(kept?.refusal).toEqual({ code: "refused", message: "It is closed.", retry: false });
    outbox.drop("o1");
    await tick();
    expect(states()).toEqual([]);
    expect(await storage.entries()).toEqual([]);
  });

  it("L4: sends a refused one again, mended, as a new command", async () => {
    put("a");
    await tick(5_000);
    sent[0]?.fail(no());
    await tick();
    outbox.retry("o1", "o9", { id: "a", title: "Better" });
    await tick();
    expect(sent.at(-1)?.entry).toMatchObject({ op_id: "o9", payload: { id: "a", title: "Better" }, state: "sending" });
    expect((await storage.entries()).map(({ op_id }) => op_id)).toEqual(["o9"]);
  });

  it("L4: drops what waits, and takes back what was shown", async () => {
    [way, isCutOff] = [null, true];
    put("a");
    await tick();
    outbox.drop("o1");
    await tick();
    expect(shown).toEqual(["+o1", "-o1"]);
    expect(states()).toEqual([]);
  });

  it("keeps no secret, and holds none", async () => {
    const outcome = put("ada", { password: "a secret" }, "reset_password", true);
    await tick();
    expect(states()).toEqual([]);
    expect(await storage.entries()).toEqual([]);
    await tick(5_000);
    await expect(outcome).rejects.toMatchObject({ code: "unavailable" });
    expect(shown).toEqual(["+o1", "-o1"]);
  });

  it("keeps a command while its session is over", async () => {
    put("a");
    sent[0]?.fail(new Refusal({ code: "unauthenticated", message: "Please sign in.", retry: false }));
    way = null;
    await tick(5_000);
    expect(states()).toEqual(["o1 waiting"]);
  });

  it("L4: takes up what was kept in the order given, and asks about what is older than 30 days", async () => {
    const stored = (op_id: string, at: number) =>
      ({ op_id, command: "update_call", payload: { id: op_id }, at, tab: "x" }) as const;
    outbox.restore([stored("o2", Date.now()), stored("o1", Date.now() - PATIENCE.old - 1), stored("o3", Date.now())]);
    await tick();
    expect(states()).toEqual(["o1 old", "o2 sending", "o3 sending"]);
    outbox.sendOld("o1");
    await tick();
    expect(onTheWay()).toEqual(["o2", "o3", "o1"]);
  });

  it("U4: five hundred commands in one turn cost no noticeable time", () => {
    const begun = performance.now();
    for (let each = 0; each < 500; each += 1) put(`r${each}`, { assignee_id: "eva" }, "assign_call");
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
