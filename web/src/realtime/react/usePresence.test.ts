// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { fakeClient } from "./fakeClient";
import { usePresence, useViewers } from "./usePresence";
import { withClient } from "./withClient";

const bea = { user: { id: "bea", name: "Bea" }, state: null, since: "2026-11-20T08:00:00.000Z", connections: 1 };

describe("usePresence (L6)", () => {
  it("is in the channel from mount to unmount", () => {
    const client = fakeClient();
    const { unmount } = renderHook(() => usePresence("calls/c1", "me", { mode: "viewing" }), {
      wrapper: withClient(client),
    });
    unmount();
    expect(client.done).toEqual([
      { what: "join", payload: { channel: "calls/c1", state: { mode: "viewing" } } },
      { what: "leave", payload: { channel: "calls/c1" } },
    ]);
  });

  it("tells a new state without leaving, and the same state not at all", () => {
    const client = fakeClient();
    const { rerender } = renderHook(({ mode }) => usePresence("calls/c1", "me", { mode }), {
      wrapper: withClient(client),
      initialProps: { mode: "viewing" },
    });
    rerender({ mode: "viewing" });
    rerender({ mode: "editing" });
    expect(client.done.map(({ what }) => what)).toEqual(["join", "setState"]);
  });

  it("goes along when another record is opened", () => {
    const client = fakeClient();
    const { rerender } = renderHook(({ channel }) => usePresence(channel, "me", "viewing"), {
      wrapper: withClient(client),
      initialProps: { channel: "calls/c1" },
    });
    rerender({ channel: "calls/c2" });
    expect(client.done.map(({ what, payload }) => `${what} ${(payload as { channel: string }).channel}`)).toEqual([
      "join calls/c1",
      "leave calls/c1",
      "join calls/c2",
    ]);
  });

  it("says nothing of a state it was not given, so that another part of the page may", () => {
    const client = fakeClient();
    renderHook(() => usePresence("team", "me"), { wrapper: withClient(client) });
    expect(client.done).toEqual([{ what: "join", payload: { channel: "team", state: undefined } }]);
  });

  it("joins nothing while nobody is signed in", () => {
    const client = fakeClient();
    renderHook(() => usePresence("team", null), { wrapper: withClient(client) });
    expect(client.done).toEqual([]);
  });

  it("shows who is there, live", () => {
    const client = fakeClient();
    const { result } = renderHook(() => usePresence("team", "me"), { wrapper: withClient(client) });
    act(() => client.setPresent("team", [bea]));
    expect(result.current.onlineUsers).toEqual([bea]);
    expect(result.current.isConnected).toBe(true);
  });
});

it("useViewers looks without joining", () => {
  const client = fakeClient();
  client.setPresent("calls/c1", [bea]);
  const { result } = renderHook(() => useViewers("calls/c1"), { wrapper: withClient(client) });
  expect(result.current).toEqual([bea]);
  expect(client.done).toEqual([]);
});
