import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import { RealtimeNotification } from "./RealtimeNotification";

describe("RealtimeNotification (L7)", () => {
  it("says what happened, offers one thing to do, and goes when told to", async () => {
    const [onDismiss, onClick] = [vi.fn(), vi.fn()];
    renderWith(
      fakeClient(),
      <RealtimeNotification
        title="C-1042 is now yours"
        message="Bruno assigned it to you."
        onDismiss={onDismiss}
        action={{ label: "Open", onClick }}
      />,
    );
    expect(screen.getByRole("status").textContent).toContain("C-1042 is now yoursBruno assigned it to you.");
    await userEvent.click(screen.getByRole("button", { name: "Open" }));
    await userEvent.click(screen.getByRole("button", { name: "Dismiss" }));
    expect([onClick.mock.calls.length, onDismiss.mock.calls.length]).toEqual([1, 1]);
  });

  it("interrupts only for an error, and has no buttons that nobody asked for", () => {
    renderWith(fakeClient(), <RealtimeNotification type="error" message="It is closed." />);
    expect(screen.getByRole("alert").textContent).toBe("It is closed.");
    expect(screen.queryByRole("button")).toBeNull();
  });
});
