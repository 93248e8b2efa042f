import { act, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import { ConnectionStatus } from "./ConnectionStatus";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** What is seen, and what is read aloud. */
const seen = (container: HTMLElement) =>
  [...container.querySelectorAll("span[aria-hidden=true]")].map((span) => span.textContent).join(" · ");
const spoken = () => screen.getByRole("status").textContent;

describe("ConnectionStatus (L7)", () => {
  it("says Live, with the count of updates", () => {
    const client = fakeClient();
    client.setStatus({ updates: 1284 });
    const { container } = renderWith(client, <ConnectionStatus />);
    expect(seen(container)).toBe("Live · 1,284 updates");
  });

  it("counts down to the next try, and reads aloud only that it reconnects", () => {
    const client = fakeClient();
    const { container } = renderWith(client, <ConnectionStatus />);
    act(() => client.setStatus({ state: "reconnecting", retryAt: 1_004_000 }));
    expect(seen(container)).toBe("Reconnecting in 4\u00a0s");
    act(() => void vi.advanceTimersByTime(1000));
    expect(seen(container)).toBe("Reconnecting in 3\u00a0s");
    expect(spoken()).toBe("Reconnecting");
    act(() => void vi.advanceTimersByTime(5000));
    expect(seen(container)).toBe("Reconnecting");
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    [{ state: "polling" }, "Polling"],
    [{ state: "offline", waiting: 3 }, "Offline, 3 waiting"],
    [{ state: "live", waiting: 1 }, "Live, 1 waiting"],
    [{ state: "connecting" }, "Connecting"],
    [{ state: "ended" }, "Signed out"],
  ] as const)("says what %o is", (status, words) => {
    const client = fakeClient();
    client.setStatus(status);
    const { container } = renderWith(client, <ConnectionStatus />);
    expect(seen(container)).toBe(words);
    expect(spoken()).toBe(words);
  });

  it("is only a sign without its label, and still says what it means", () => {
    const client = fakeClient();
    client.setStatus({ state: "offline", waiting: 2, updates: 1 });
    const { container } = renderWith(client, <ConnectionStatus variant="badge" showLabel={false} className="mine" />);
    expect(seen(container)).toBe("");
    expect(container.querySelector(".mine")?.getAttribute("title")).toBe("Offline, 2 waiting · 1 update");
    expect(spoken()).toBe("Offline, 2 waiting");
  });

  it("believes its caller that something else is not connected", () => {
    const { container } = renderWith(fakeClient(), <ConnectionStatus isConnected={false} />);
    expect(seen(container)).toBe("Not live");
  });
});
