// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Channels } from "./channels";

const ANN = { id: "ann", name: "Ann" };
const BEN = { id: "ben", name: "Ben" };
const present = (user: typeof ANN, state: unknown = null) => ({
  user,
  state,
  since: "2026-11-20T09:00:00.000Z",
  connections: 1,
});
const CALL = "calls/c1";

let channels: Channels;
let asked: string[];
let list: unknown[];
const emit = (command: string, payload: unknown) => {
  asked.push(`${command} ${JSON.stringify(payload)}`);
  return Promise.resolve({ ok: true, data: list });
};
const there = (channel = CALL) => (channels.presence.getState().get(channel) ?? []).map(({ user }) => user.name);
const tick = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  [asked, list, channels] = [[], [present(ANN)], new Channels()];
});
afterEach(() => {
  channels.close();
  vi.useRealTimers();
});

describe("channels (F6)", () => {
  it("everyone is in the team by being connected", async () => {
    channels.connected(emit);
    await tick();
    expect(asked).toEqual(['join_channel {"channel":"team"}']);
    expect(there("team")).toEqual(["Ann"]);
  });

  it("a place is taken once however many parts of the board are there, and left by the last", async () => {
    channels.connected(emit);
    const leaves = [channels.join(CALL), channels.join(CALL)];
    leaves[0]?.();
    leaves[0]?.();
    expect(asked.filter((line) => line.includes(CALL))).toEqual([`join_channel {"channel":"${CALL}"}`]);
    leaves[1]?.();
    expect(asked.at(-1)).toBe(`leave_channel {"channel":"${CALL}"}`);
  });

  it("places are taken again on every new socket, in the state they were left in", async () => {
    channels.join(CALL, "looking");
    channels.connected(emit);
    channels.setState(CALL, "typing");
    channels.connected(null);
    expect(there()).toEqual([]);
    asked = [];
    channels.connected((command, payload) => emit(command, payload));
    expect(asked).toContain(`join_channel {"channel":"${CALL}","state":"typing"}`);
  });

  it("shows who comes, changes and goes", async () => {
    channels.join(CALL);
    channels.connected(emit);
    await tick();
    channels.hear("presence_joined", { channel: CALL, ...present(BEN) });
    expect(there()).toEqual(["Ann", "Ben"]);
    channels.hear("presence_updated", { channel: CALL, ...present(BEN, "editing") });
    expect(channels.presence.getState().get(CALL)?.[1]?.state).toBe("editing");
    channels.hear("presence_left", { channel: CALL, ...present(ANN) });
    expect(there()).toEqual(["Ben"]);
    channels.hear("presence_state", { channel: CALL, list: [] });
    expect(there()).toEqual([]);
  });

  it("an answer that comes when one has left again shows nobody", async () => {
    channels.connected(emit);
    channels.join(CALL)();
    await tick();
    expect(there()).toEqual([]);
  });

  it("typing ends by itself after 6 s, or when who types says so or leaves", async () => {
    channels.join(CALL);
    channels.connected(emit);
    const typing = (user: typeof ANN, on: boolean) =>
      channels.hear("typing", { channel: CALL, user, field: "title", on });
    const typists = () => (channels.typists.getState().get(CALL) ?? []).map(({ user }) => user.name);
    typing(ANN, true);
    typing(BEN, true);
    expect(typists()).toEqual(["Ann", "Ben"]);
    typing(ANN, false);
    expect(typists()).toEqual(["Ben"]);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(typists()).toEqual([]);
    typing(BEN, true);
    channels.hear("presence_left", { channel: CALL, ...present(BEN) });
    expect(typists()).toEqual([]);
  });

  it("shows who edits a record, until he no longer does", () => {
    const until = "2026-11-20T09:00:30.000Z";
    channels.hear("record_locked", { resource: "calls", id: "c1", holder: BEN, until });
    expect(channels.locks.getState().get(CALL)).toEqual({ holder: BEN, until });
    channels.hear("record_unlocked", { resource: "calls", id: "c1" });
    expect(channels.locks.getState().size).toBe(0);
  });

  it("a lock that somebody else has is none of mine", async () => {
    channels.connected(() => Promise.resolve({ ok: false, error: { code: "refused", message: "Ben is editing it." } }));
    expect(await channels.lock("calls", "c1")).toBeNull();
  });

  it("without a socket nobody is asked and nothing fails", async () => {
    channels.join(CALL)();
    channels.typing(CALL, "title", true);
    expect(await channels.lock("calls", "c1")).toBeNull();
    expect(asked).toEqual([]);
  });
});
