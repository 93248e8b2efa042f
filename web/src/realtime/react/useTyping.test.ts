// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeClient } from "./fakeClient";
import { useTyping } from "./useTyping";
import { withClient } from "./withClient";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function typingAt(channel = "calls/c1") {
  const client = fakeClient();
  const hook = renderHook(() => useTyping(channel), { wrapper: withClient(client) });
  const said = () => client.done.map(({ payload }) => payload);
  return { client, said, ...hook };
}

describe("useTyping (L6)", () => {
  it("says it once while keys are pressed, again after three seconds, and when it is over", () => {
    const { result, said } = typingAt();
    result.current.typing("title");
    result.current.typing("title");
    vi.advanceTimersByTime(3000);
    result.current.typing("title");
    result.current.stopped();
    result.current.stopped();
    const word = { channel: "calls/c1", field: "title" };
    expect(said()).toEqual([
      { ...word, on: true },
      { ...word, on: true },
      { ...word, on: false },
    ]);
  });

  it("says at once that another field is typed in", () => {
    const { result, said } = typingAt();
    result.current.typing("title");
    result.current.typing("resolution");
    expect(said()).toHaveLength(2);
  });

  it("takes it back when the component goes", () => {
    const { result, said, unmount } = typingAt();
    result.current.typing("title");
    unmount();
    expect(said().at(-1)).toEqual({ channel: "calls/c1", field: "title", on: false });
  });

  it("shows the others who type, not me", () => {
    const { client, result } = typingAt();
    const bea = { user: { id: "bea", name: "Bea" }, field: "title" };
    act(() => client.setTypists("calls/c1", [bea, { user: { id: "me", name: "Ana" }, field: "title" }]));
    expect(result.current.typists).toEqual([bea]);
  });
});
