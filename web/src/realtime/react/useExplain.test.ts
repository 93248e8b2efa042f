// @vitest-environment jsdom
import { act, renderHook, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Unreachable } from "@/realtime";
import { aCall, aUser } from "../fixtures/sampleRecords";
import { fakeClient } from "./fakeClient";
import { useExplain } from "./useExplain";
import { withClient } from "./withClient";

const no = (why: string) => [{ command: "close_call", allowed: false, why }];
const asked = (client: ReturnType<typeof fakeClient>) => client.done.filter(({ what }) => what === "explain").length;

describe("useExplain (S2)", () => {
  it("says what is not allowed, with the server's sentence", async () => {
    const client = fakeClient({ calls: [aCall()] });
    client.answer("explain", no("Only dispatchers close calls."));
    const { result } = renderHook(() => useExplain("calls", "c1"), { wrapper: withClient(client) });
    await waitFor(() => expect(result.current.allowed("close_call")).toBe(false));
    expect(result.current.why("close_call")).toBe("Only dispatchers close calls.");
    expect(client.done[0]?.payload).toEqual({ resource: "calls", id: "c1" });
  });

  it("takes what it does not know for allowed: the server decides", async () => {
    const client = fakeClient({ calls: [aCall()] });
    client.answer("explain", new Unreachable("gone"));
    const { result } = renderHook(() => useExplain("calls", "c1"), { wrapper: withClient(client) });
    await waitFor(() => expect(result.current.loading).toBe(false));
    expect(result.current.allowed("close_call")).toBe(true);
    expect(result.current.why("close_call")).toBeNull();
  });

  it("asks again when the record or my rights have changed, and keeps the former answer meanwhile", async () => {
    const me = aUser({ id: "me" });
    const client = fakeClient({ calls: [aCall()] }, me);
    client.answer("explain", no("First."));
    const { result } = renderHook(() => useExplain("calls", "c1"), { wrapper: withClient(client) });
    await waitFor(() => expect(result.current.why("close_call")).toBe("First."));

    let release: (answer: unknown) => void = () => undefined;
    client.answer("explain", new Promise((resolve) => (release = resolve)));
    act(() => client.hold({ calls: [aCall({ version: 2 })] }));
    expect(result.current.why("close_call")).toBe("First.");
    await waitFor(() => expect(asked(client)).toBe(2));
    await act(async () => release(no("Second.")));
    await waitFor(() => expect(result.current.why("close_call")).toBe("Second."));

    act(() => client.hold({ users: [{ ...me, role: "dispatcher", version: 2 }] }));
    await waitFor(() => expect(asked(client)).toBe(3));
  });

  it("never shows the answer about another record", async () => {
    const client = fakeClient({ calls: [aCall(), aCall({ id: "c2" })] });
    client.answer("explain", no("First."));
    const { result, rerender } = renderHook(({ id }) => useExplain("calls", id), {
      wrapper: withClient(client),
      initialProps: { id: "c1" },
    });
    await waitFor(() => expect(result.current.allowed("close_call")).toBe(false));
    client.answer("explain", new Promise(() => undefined));
    rerender({ id: "c2" });
    expect(result.current.allowed("close_call")).toBe(true);
  });

  it("does not ask about a record that the server does not know yet", () => {
    const client = fakeClient({ calls: [aCall({ number: 0, version: 0 })] });
    renderHook(() => useExplain("calls", "c1"), { wrapper: withClient(client) });
    expect(asked(client)).toBe(0);
  });
});
