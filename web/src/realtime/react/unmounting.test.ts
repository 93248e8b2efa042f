// @vitest-environment jsdom
// L6: all unsubscribe on unmount; no event reaches an unmounted component.
import { QueryClient } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { aCall } from "../fixtures/sampleRecords";
import { type FakeClient, fakeClient } from "./fakeClient";
import { useGlow } from "./useGlow";
import { useLiveForm } from "./useLiveForm";
import { usePresence } from "./usePresence";
import { useQueryInvalidation } from "./useQueryInvalidation";
import { useRealtimeUpdates } from "./useRealtimeUpdates";
import { useRecords } from "./useRecords";
import { useStatus } from "./useStatus";
import { useTyping } from "./useTyping";
import { useAllUpdates, useUpdates } from "./useUpdates";
import { withClient } from "./withClient";

const heard = vi.fn();
const queries = new QueryClient();
const FIELDS = ["title"] as const;
const CALL = aCall();

const hooks: Record<string, () => unknown> = {
  useRealtimeUpdates: () => useRealtimeUpdates({ onUpdate: heard }),
  "useRealtimeUpdates, gathering": () => useRealtimeUpdates({ onUpdate: heard, pollInterval: 50 }),
  useUpdates: () => useUpdates("calls", { onInsert: heard, onUpdate: heard, onDelete: heard }),
  useAllUpdates: () => useAllUpdates({ calls: { onUpdate: heard } }),
  useRecords: () => useRecords("calls", heard),
  useStatus: () => useStatus(),
  useGlow: () => useGlow("calls", "c1"),
  usePresence: () => usePresence("calls/c1", "me"),
  useTyping: () => useTyping("calls/c1"),
  useQueryInvalidation: () => useQueryInvalidation(queries),
  useLiveForm: () => useLiveForm("calls", CALL, FIELDS),
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const happen = (client: FakeClient) =>
  act(() => {
    client.tell("call_updated", aCall({ title: "Changed" }), { changed: ["title"] });
    client.setStatus({ state: "offline" });
    vi.advanceTimersByTime(10_000);
  });

it.each(Object.keys(hooks))("%s leaves nothing behind when its component goes", (name) => {
  const client = fakeClient({ calls: [CALL] });
  const before = client.listeners();
  const invalidated = vi.spyOn(queries, "invalidateQueries");
  const { unmount } = renderHook(() => hooks[name]?.(), { wrapper: withClient(client) });
  // Something under way at the very moment of leaving must not arrive either.
  act(() => client.tell("call_updated", aCall({ title: "Last" })));
  unmount();
  heard.mockClear();
  invalidated.mockClear();
  happen(client);
  expect(heard).not.toHaveBeenCalled();
  expect(invalidated).not.toHaveBeenCalled();
  expect(client.listeners()).toBe(before);
  expect(vi.getTimerCount()).toBe(0);
});
