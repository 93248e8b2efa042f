import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { aCall } from "@/realtime/fixtures/sampleRecords";
import { fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import { ActionButton } from "./ActionButton";

const WHY = "Only its engineer, a dispatcher or an admin can start a call.";

function shown(allowed: boolean) {
  const client = fakeClient({ calls: [aCall()] });
  client.answer("explain", [{ command: "start_call", allowed, why: allowed ? null : WHY }]);
  const onClick = vi.fn();
  renderWith(client, <ActionButton plural="calls" id="c1" command="start_call" label="Start" onClick={onClick} />);
  return { onClick, button: screen.getByRole("button", { name: "Start" }) };
}

describe("ActionButton (S2)", () => {
  it("does what is allowed", async () => {
    const { onClick, button } = shown(true);
    await userEvent.click(button);
    expect(onClick).toHaveBeenCalledTimes(1);
  });

  it("stays reachable by keyboard where it is not allowed, says why, and does nothing", async () => {
    const { onClick, button } = shown(false);
    await waitFor(() => expect(button.getAttribute("aria-disabled")).toBe("true"));
    await userEvent.tab();
    expect(document.activeElement).toBe(button);
    expect((await screen.findByRole("tooltip")).textContent).toBe(WHY);
    await userEvent.keyboard("{Enter}");
    expect(onClick).not.toHaveBeenCalled();
  });
});
