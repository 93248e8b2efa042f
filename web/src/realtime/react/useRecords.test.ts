// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { Call } from "@/realtime";
import { aCall } from "../fixtures/sampleRecords";
import { fakeClient } from "./fakeClient";
import { useRecords } from "./useRecords";
import { withClient } from "./withClient";

const isNew = (call: Call) => call.status === "new";
const byTitle = (a: Call, b: Call) => a.title.localeCompare(b.title);

function watched() {
  const client = fakeClient({
    calls: [
      aCall({ id: "b", title: "B" }),
      aCall({ id: "a", title: "A" }),
      aCall({ id: "x", title: "X", status: "closed" }),
    ],
  });
  const rendered = vi.fn();
  const { result } = renderHook(
    () => {
      rendered();
      return useRecords("calls", isNew, byTitle);
    },
    { wrapper: withClient(client) },
  );
  return { client, result, rendered, ids: () => result.current.map(({ id }) => id) };
}

describe("useRecords (L6)", () => {
  it("gives what passes the filter, in order, live", () => {
    const { client, ids } = watched();
    expect(ids()).toEqual(["a", "b"]);
    act(() =>
      client.hold({ calls: [aCall({ id: "c", title: "AA" }), aCall({ id: "a", title: "A", status: "closed" })] }),
    );
    expect(ids()).toEqual(["c", "b"]);
  });

  it("is the same array, and renders nothing, while nothing in it has changed", () => {
    const { client, result, rendered } = watched();
    const before = result.current;
    const renderings = rendered.mock.calls.length;
    act(() => client.hold({ calls: [aCall({ id: "x", title: "Y", status: "closed" })] }));
    act(() => client.hold({ users: [] }));
    expect(result.current).toBe(before);
    expect(rendered).toHaveBeenCalledTimes(renderings);
  });

  it("takes a new filter at once, also one written in place", () => {
    const client = fakeClient({ calls: [aCall({ id: "a" }), aCall({ id: "b", priority: "high" })] });
    const { result, rerender } = renderHook(
      ({ priority }) => useRecords("calls", (call) => call.priority === priority).map(({ id }) => id),
      { wrapper: withClient(client), initialProps: { priority: "normal" } },
    );
    expect(result.current).toEqual(["a"]);
    rerender({ priority: "high" });
    expect(result.current).toEqual(["b"]);
  });

  it("chooses and orders 10,000 records well within a frame's patience (U4)", () => {
    const calls = Array.from({ length: 10_000 }, (_, n) => aCall({ id: `c${n}`, number: n, title: `Call ${n % 977}` }));
    const byNumber = (a: Call, b: Call) => b.number - a.number;
    const client = fakeClient({ calls });
    const { result } = renderHook(() => useRecords("calls", isNew, byNumber), { wrapper: withClient(client) });
    const began = performance.now();
    act(() => client.hold({ calls: [aCall({ id: "c5", number: 5, title: "Changed" })] }));
    expect(performance.now() - began).toBeLessThan(250);
    expect(result.current[0]?.number).toBe(9_999);
  });
});
