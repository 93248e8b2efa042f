// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aCall } from "../fixtures/sampleRecords";
import { fakeClient } from "./fakeClient";
import { GLOW_MS } from "./glows";
import { useGlow } from "./useGlow";
import { withClient } from "./withClient";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function watching(id: string) {
  const client = fakeClient();
  const rendered = vi.fn();
  const { result } = renderHook(
    () => {
      rendered();
      return useGlow("calls", id);
    },
    { wrapper: withClient(client) },
  );
  const tell = (call: string, actor: string) =>
    act(async () => client.tell("call_updated", aCall({ id: call }), { actor: { id: actor, name: actor } }));
  return { tell, result, rendered };
}

describe("useGlow (V4)", () => {
  it("lights a record for 1.2 s after another person's change", async () => {
    const { tell, result } = watching("c1");
    await tell("c1", "bea");
    expect(result.current?.actor.id).toBe("bea");
    act(() => void vi.advanceTimersByTime(GLOW_MS - 1));
    expect(result.current).not.toBeNull();
    act(() => void vi.advanceTimersByTime(1));
    expect(result.current).toBeNull();
  });

  it("does not light what I changed myself", async () => {
    const { tell, result } = watching("c1");
    await tell("c1", "me");
    expect(result.current).toBeNull();
  });

  it("leaves other records alone, without rendering them", async () => {
    const { tell, result, rendered } = watching("c2");
    const before = rendered.mock.calls.length;
    await tell("c1", "bea");
    expect(result.current).toBeNull();
    expect(rendered).toHaveBeenCalledTimes(before);
  });

  it("stays lit from the second change on for its own time", async () => {
    const { tell, result } = watching("c1");
    await tell("c1", "bea");
    act(() => void vi.advanceTimersByTime(1000));
    await tell("c1", "bruno");
    act(() => void vi.advanceTimersByTime(1000));
    expect(result.current?.actor.id).toBe("bruno");
    act(() => void vi.advanceTimersByTime(200));
    expect(result.current).toBeNull();
  });
});
