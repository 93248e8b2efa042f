// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aCall, aCategory } from "../fixtures/sampleRecords";
import { fakeClient } from "./fakeClient";
import { useQueryInvalidation } from "./useQueryInvalidation";
import { withClient } from "./withClient";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("useQueryInvalidation (L6)", () => {
  it("makes the list, the record and every search stale", () => {
    const client = fakeClient();
    const queries = { invalidateQueries: vi.fn() };
    renderHook(() => useQueryInvalidation(queries), { wrapper: withClient(client) });
    act(() => {
      client.tell("service_category_updated", aCategory({ id: "k9" }));
      vi.advanceTimersByTime(16);
    });
    expect(queries.invalidateQueries.mock.calls.map(([filter]) => filter.queryKey)).toEqual([
      ["service_categories"],
      ["service_category", "k9"],
      ["search"],
    ]);
  });

  it("handles changes that come together once a frame, each key once", () => {
    const client = fakeClient();
    const queries = { invalidateQueries: vi.fn() };
    renderHook(() => useQueryInvalidation(queries), { wrapper: withClient(client) });
    act(() => {
      for (let n = 0; n < 100; n++) client.tell("call_updated", aCall());
    });
    expect(queries.invalidateQueries).not.toHaveBeenCalled();
    act(() => void vi.advanceTimersByTime(16));
    expect(queries.invalidateQueries).toHaveBeenCalledTimes(3);
  });
});
