// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { aCall } from "../fixtures/sampleRecords";
import { fakeClient } from "./fakeClient";
import { useRecord, useRecordByNumber } from "./useRecord";
import { withClient } from "./withClient";

describe("one record (L6)", () => {
  it("is live, and gone when it is deleted", () => {
    const client = fakeClient({ calls: [aCall()] });
    const { result } = renderHook(() => useRecord("calls", "c1"), { wrapper: withClient(client) });
    act(() => client.hold({ calls: [aCall({ title: "Now leaks" })] }));
    expect(result.current?.title).toBe("Now leaks");
    act(() => client.remove("calls", "c1"));
    expect(result.current).toBeUndefined();
  });

  it("is found by the number in the address, and stays found as it changes", () => {
    const client = fakeClient({ calls: [aCall({ id: "a", number: 7 }), aCall({ id: "b", number: 8 })] });
    const { result } = renderHook(() => useRecordByNumber("calls", "8"), { wrapper: withClient(client) });
    expect(result.current?.id).toBe("b");
    act(() => client.hold({ calls: [aCall({ id: "b", number: 8, title: "Changed" })] }));
    expect(result.current?.title).toBe("Changed");
    act(() => client.remove("calls", "b"));
    expect(result.current).toBeUndefined();
  });

  it("is found by its id before it has a number, and still when it has one", () => {
    const client = fakeClient({ calls: [aCall({ id: "new-one", number: 0 })] });
    const { result } = renderHook(() => useRecordByNumber("calls", "new-one"), { wrapper: withClient(client) });
    expect(result.current?.id).toBe("new-one");
    act(() => client.hold({ calls: [aCall({ id: "new-one", number: 9 })] }));
    expect(result.current?.number).toBe(9);
  });

  it("is nothing without a number", () => {
    const client = fakeClient({ calls: [aCall({ number: 0 })] });
    const { result } = renderHook(() => useRecordByNumber("calls", undefined), { wrapper: withClient(client) });
    expect(result.current).toBeUndefined();
  });
});
