// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Refusal } from "@/realtime";
import { fakeClient } from "./fakeClient";
import { useCommand } from "./useCommand";
import { withClient } from "./withClient";

const refusal = new Refusal({ code: "refused", message: "It is closed.", retry: false });

describe("useCommand (L6)", () => {
  it("performs the command and is busy meanwhile", async () => {
    const client = fakeClient();
    const { result } = renderHook(() => useCommand("start_call"), { wrapper: withClient(client) });
    let running: Promise<unknown> = Promise.resolve();
    act(() => {
      running = result.current.run({ id: "c1" });
    });
    expect(result.current.busy).toBe(true);
    await act(() => running);
    expect(result.current.busy).toBe(false);
    expect(client.done).toEqual([{ what: "start_call", payload: { id: "c1" } }]);
  });

  it("throws the refusal and holds it until the next try or a reset", async () => {
    const client = fakeClient();
    client.answer("start_call", refusal);
    const { result } = renderHook(() => useCommand("start_call"), { wrapper: withClient(client) });
    await act(async () => {
      await expect(result.current.run({ id: "c1" })).rejects.toBe(refusal);
    });
    expect(result.current.error).toBe(refusal);
    act(() => result.current.reset());
    expect(result.current.error).toBeNull();
  });

  it("touches nothing when the answer comes after the component is gone", async () => {
    const client = fakeClient();
    let fail: (error: Error) => void = () => undefined;
    client.answer("start_call", new Promise((_, reject) => (fail = reject)));
    const { result, unmount } = renderHook(() => useCommand("start_call"), { wrapper: withClient(client) });
    let running: Promise<unknown> = Promise.resolve();
    act(() => {
      running = result.current.run({ id: "c1" });
    });
    const last = result.current;
    unmount();
    fail(refusal);
    await expect(running).rejects.toBe(refusal);
    expect(result.current).toBe(last);
  });
});
