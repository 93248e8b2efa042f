// @vitest-environment node
import { beforeEach, describe, expect, it, type Mock, vi } from "vitest";
import { aCall, told } from "../fixtures/records";
import type { Door, Hearing } from "./door";
import { type EventSourceLike, sseDoor } from "./sse";

class FakeSource implements EventSourceLike {
  onerror: (() => void) | null = null;
  onopen: (() => void) | null = null;
  isClosed = false;
  private readonly fns = new Map<string, (event: MessageEvent<string>) => void>();

  constructor(readonly address: string) {}

  addEventListener(name: string, fn: (event: MessageEvent<string>) => void): void {
    this.fns.set(name, fn);
  }

  close(): void {
    this.isClosed = true;
  }

  says(name: string, said: unknown): void {
    this.fns.get(name)?.({ data: JSON.stringify(said) } as MessageEvent<string>);
  }
}

let source: FakeSource;
let door: Door;
let hearing: { [name in keyof Hearing]: Mock<Hearing[name]> };

beforeEach(() => {
  const names = ["told", "reached", "ready", "stale", "signal", "draining", "ended", "lost", "alive"] as const;
  hearing = Object.fromEntries(names.map((name) => [name, vi.fn()])) as unknown as typeof hearing;
  const open = (address: string) => {
    source = new FakeSource(address);
    return source;
  };
  door = sseDoor({ address: "/realtime", resources: ["calls"], open })("e.1", hearing);
});

describe("the SSE door (L3)", () => {
  it("opens the stream at its place", () => {
    expect(source.address).toBe("/realtime?since=e.1&resources=calls");
  });

  it("hands on events as every door does", () => {
    const event = told("call_assigned", aCall("a", 2));
    source.says("call_assigned", { data: event.data, meta: event.meta });
    expect(hearing.told).toHaveBeenCalledWith([event]);
    expect(hearing.alive).toHaveBeenCalled();
  });

  it("hands on what is told without meta", () => {
    source.says("ready", { cursor: "e.2", snapshot_required: false, heartbeat_s: 15 });
    source.says("cursor", { cursor: "e.3" });
    source.says("snapshot_required", { reason: "rights" });
    source.says("server_draining", { reconnect_in_ms: 900 });
    expect(hearing.ready).toHaveBeenCalledWith(expect.objectContaining({ cursor: "e.2" }));
    expect(hearing.reached).toHaveBeenCalledWith("e.3");
    expect(hearing.stale).toHaveBeenCalled();
    expect(hearing.draining).toHaveBeenCalledWith(900);
  });

  it("does not come back by itself: that is for the switching to decide", () => {
    source.onerror?.();
    expect(source.isClosed).toBe(true);
    expect(hearing.lost).toHaveBeenCalledOnce();
  });

  it("S1: is shut for good when the session ends", () => {
    source.says("session_ended", { reason: "logout" });
    source.onerror?.();
    expect(hearing.ended).toHaveBeenCalledWith("logout");
    expect(hearing.lost).not.toHaveBeenCalled();
    expect(source.isClosed).toBe(true);
  });

  it("says nothing any more when it is closed", () => {
    door.close();
    source.says("cursor", { cursor: "e.3" });
    source.onerror?.();
    expect(hearing.reached).not.toHaveBeenCalled();
    expect(hearing.lost).not.toHaveBeenCalled();
  });
});
