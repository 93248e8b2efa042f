// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { aCall, aCustomer, aUser } from "../fixtures/sampleRecords";
import { fakeClient } from "./fakeClient";
import { useRealtimeUpdates } from "./useRealtimeUpdates";
import { useAllUpdates, useUpdates } from "./useUpdates";
import { withClient } from "./withClient";

const handlers = () => ({ onInsert: vi.fn(), onUpdate: vi.fn(), onDelete: vi.fn() });

describe("useUpdates (L6)", () => {
  it("tells insertions, changes and removals of its kind alone", () => {
    const client = fakeClient();
    const told = handlers();
    const { result } = renderHook(() => useUpdates("calls", told), { wrapper: withClient(client) });
    act(() => {
      client.tell("call_created", aCall({ id: "1" }));
      client.tell("call_assigned", aCall({ id: "2" }));
      client.tell("call_completed", aCall({ id: "3" }));
      client.tell("call_deleted", aCall({ id: "4" }));
      client.tell("customer_created", aCustomer());
    });
    expect(told.onInsert.mock.calls.map(([record]) => record.id)).toEqual(["1"]);
    expect(told.onUpdate.mock.calls.map(([record]) => record.id)).toEqual(["2", "3"]);
    expect(told.onDelete.mock.calls.map(([record]) => record.id)).toEqual(["4"]);
    expect(result.current.latestUpdate).toMatchObject({ kind: "delete", record: { id: "4" } });
  });

  it("tells of a record that I may no longer read as of a removal", () => {
    const client = fakeClient();
    const told = handlers();
    renderHook(() => useUpdates("customers", told), { wrapper: withClient(client) });
    act(() => client.tell("record_hidden", aCustomer({ id: "gone" }), { resource: "customers" }));
    act(() => client.tell("record_hidden", aCall({ id: "other" }), { resource: "calls" }));
    expect(told.onDelete.mock.calls.map(([record]) => record.id)).toEqual(["gone"]);
  });

  it("tells of a deleted user once", () => {
    const client = fakeClient();
    const told = handlers();
    renderHook(() => useUpdates("users", told), { wrapper: withClient(client) });
    act(() => client.tell("user_deleted_broadcast", aUser()));
    expect(told.onDelete).toHaveBeenCalledTimes(1);
  });

  it("calls the newest handler without subscribing anew", () => {
    const client = fakeClient();
    const [first, second] = [vi.fn(), vi.fn()];
    const { rerender } = renderHook(({ onUpdate }) => useUpdates("calls", { onUpdate }), {
      wrapper: withClient(client),
      initialProps: { onUpdate: first },
    });
    const listening = client.listeners();
    rerender({ onUpdate: second });
    act(() => client.tell("call_updated", aCall()));
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1]);
    expect(client.listeners()).toBe(listening);
  });

  it("says why when nothing comes in", () => {
    const client = fakeClient();
    const { result } = renderHook(() => useUpdates("calls"), { wrapper: withClient(client) });
    expect(result.current).toMatchObject({ isConnected: true, error: null });
    act(() => client.setStatus({ state: "offline", reason: "No network." }));
    expect(result.current).toMatchObject({ isConnected: false, error: "No network." });
    act(() => client.setStatus({ state: "polling", reason: null }));
    expect(result.current.isConnected).toBe(true);
  });
});

describe("useAllUpdates (L6)", () => {
  it("hands each kind to its own handlers and names what is active", () => {
    const client = fakeClient();
    const [calls, users] = [handlers(), handlers()];
    const { result } = renderHook(() => useAllUpdates({ calls, users }), { wrapper: withClient(client) });
    act(() => {
      client.tell("call_updated", aCall());
      client.tell("user_created", aUser());
    });
    expect(calls.onUpdate).toHaveBeenCalledTimes(1);
    expect(users.onInsert).toHaveBeenCalledTimes(1);
    expect(result.current).toEqual({ isConnected: true, activeSubscriptions: ["calls", "users"] });
    act(() => client.setStatus({ state: "offline" }));
    expect(result.current).toEqual({ isConnected: false, activeSubscriptions: [] });
  });
});

describe("useRealtimeUpdates (L6)", () => {
  it("counts and tells every change", () => {
    const client = fakeClient();
    const onUpdate = vi.fn();
    const { result } = renderHook(() => useRealtimeUpdates({ onUpdate }), { wrapper: withClient(client) });
    act(() => {
      client.tell("call_updated", aCall());
      client.tell("user_updated", aUser());
    });
    expect(result.current).toEqual({ isConnected: true, updates: 2 });
    expect(onUpdate).toHaveBeenCalledTimes(2);
  });

  it("hears nothing while it is not enabled", () => {
    const client = fakeClient();
    const onUpdate = vi.fn();
    renderHook(() => useRealtimeUpdates({ enabled: false, onUpdate }), { wrapper: withClient(client) });
    act(() => client.tell("call_updated", aCall()));
    expect(onUpdate).not.toHaveBeenCalled();
  });

  it("tells the newest change once an interval where one is given", () => {
    vi.useFakeTimers();
    const client = fakeClient();
    const onUpdate = vi.fn();
    renderHook(() => useRealtimeUpdates({ pollInterval: 1000, onUpdate }), { wrapper: withClient(client) });
    act(() => {
      client.tell("call_updated", aCall({ id: "1" }));
      client.tell("call_updated", aCall({ id: "2" }));
    });
    expect(onUpdate).not.toHaveBeenCalled();
    act(() => void vi.advanceTimersByTime(1000));
    expect(onUpdate.mock.calls.map(([record]) => record.id)).toEqual(["2"]);
    vi.useRealTimers();
  });
});
