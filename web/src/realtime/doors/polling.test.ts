// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aCall, told } from "../fixtures/records";
import { Http } from "../http";
import type { Door, Hearing } from "./door";
import { pollingDoor } from "./polling";

const EVENTS = [told("call_updated", aCall("a", 2)), told("call_updated", aCall("a", 3))];
let answers: (() => Response)[];
let asked: string[];
let heard: string[];
let door: Door;

const nothing = (cursor: string) => () => new Response(null, { status: 204, headers: { "Callboard-Cursor": cursor } });
const changes =
  (cursor: string, events = EVENTS, more = false) =>
  () =>
    Response.json({ cursor, events, more });

function open(...given: (() => Response)[]): void {
  answers = given;
  const fetch: typeof globalThis.fetch = async (address) => {
    asked.push(String(address));
    const answer = answers.shift() ?? nothing("e.9");
    return answer();
  };
  const http = new Http({ url: "", fetch, onSignedOut: () => undefined });
  const hearing = Object.fromEntries(
    ["told", "reached", "ready", "stale", "signal", "draining", "ended", "lost", "alive"].map((name) => [
      name,
      (what: unknown) => {
        if (name === "alive") return;
        heard.push(
          Array.isArray(what) ? `${name} ${what.length}` : typeof what === "string" ? `${name} ${what}` : name,
        );
      },
    ]),
  ) as unknown as Hearing;
  door = pollingDoor({ http, path: "/changes", resources: ["calls", "users"], interval: 3_000 })("e.1", hearing);
}

beforeEach(() => {
  vi.useFakeTimers();
  [asked, heard] = [[], []];
});
afterEach(() => {
  door.close();
  vi.useRealTimers();
});
const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

describe("the polling door (L3)", () => {
  it("asks what has happened since its place, again and again", async () => {
    open(changes("e.3"), nothing("e.4"));
    await pass();
    expect(heard).toEqual(["told 2", "reached e.3", "ready"]);
    await pass(3_000);
    expect(asked).toEqual([
      "/changes?since=e.1&resources=calls%2Cusers&wait=0",
      "/changes?since=e.3&resources=calls%2Cusers&wait=0",
    ]);
    expect(heard.at(-1)).toBe("reached e.4");
  });

  it("asks at once for what did not fit, and is ready when there is no more", async () => {
    open(changes("e.2", EVENTS.slice(0, 1), true), changes("e.3", EVENTS.slice(1)));
    await pass();
    expect(heard).toEqual(["told 1", "reached e.2", "told 1", "reached e.3", "ready"]);
  });

  it("looks when it is asked to, also when it is just looking", async () => {
    open(nothing("e.1"), nothing("e.1"), nothing("e.1"));
    door.nudge?.();
    await pass();
    expect(asked).toHaveLength(2);
    door.nudge?.();
    await pass();
    expect(asked).toHaveLength(3);
  });

  it.each([
    [410, { code: "snapshot_required", message: "Take one.", retry: false }, "stale"],
    [401, { code: "unauthenticated", message: "Sign in.", retry: false }, "ended expired"],
    [503, { code: "unavailable", message: "Busy.", retry: true }, "lost"],
  ])("is shut by %i", async (status, error, said) => {
    open(() => Response.json({ ok: false, error }, { status }));
    await pass(10_000);
    expect(heard).toEqual([said]);
    expect(asked).toHaveLength(1);
  });

  it("says nothing any more when it is closed", async () => {
    open(changes("e.3"));
    door.close();
    await pass(10_000);
    expect(heard).toEqual([]);
  });
});
