import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import type { Entry } from "@/realtime";
import { aUser } from "@/realtime/fixtures/sampleRecords";
import { fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import LeaveDialog from "./LeaveDialog";
import { SessionContext } from "./session";
import { useLeave } from "./useLeave";
import type { Overlay } from "./useOverlays";
import { OverlayContext, useOverlays } from "./useOverlays";

const waiting: Entry = { op_id: "1", command: "assign_call", payload: {}, at: 0, state: "waiting" };

function Board() {
  const leave = useLeave();
  const { shown, hide } = useOverlays();
  return (
    <>
      <button type="button" onClick={leave}>
        Sign out
      </button>
      {shown === "leaving" && <LeaveDialog onClose={hide} />}
    </>
  );
}

function Around({ signOut }: { signOut: () => Promise<void> }) {
  const [shown, show] = useState<Overlay | null>(null);
  const session = { me: aUser(), tenant: { id: "t", slug: "main", name: "Main" }, signOut, changePassword: signOut };
  return (
    <SessionContext value={session}>
      <OverlayContext value={{ shown, show, hide: () => show(null) }}>
        <Board />
      </OverlayContext>
    </SessionContext>
  );
}

async function signOutWith(entries: Entry[], signOut = vi.fn(async () => undefined)) {
  const client = fakeClient();
  client.outbox.entries.setState(entries, true);
  renderWith(client, <Around signOut={signOut} />);
  await userEvent.click(screen.getByRole("button", { name: "Sign out" }));
  return signOut;
}

describe("signing out (S1, L4)", () => {
  it("asks nothing where everything was sent", async () => {
    expect(await signOutWith([])).toHaveBeenCalledOnce();
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("asks first where changes have not been sent, and staying changes nothing", async () => {
    const signOut = await signOutWith([waiting, { ...waiting, op_id: "2" }, { ...waiting, op_id: "3" }]);
    expect(await screen.findByText("3 changes have not been sent")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Stay" }));
    expect(signOut).not.toHaveBeenCalled();
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it.each([
    ["Drop it and sign out", true],
    ["Keep it and sign out", false],
  ])("%s", async (label, drop) => {
    const signOut = await signOutWith([waiting]);
    await userEvent.click(await screen.findByRole("button", { name: label }));
    expect(signOut).toHaveBeenCalledWith({ drop });
  });

  it("says so where the server does not answer", async () => {
    await signOutWith(
      [waiting],
      vi.fn(() => Promise.reject(new Error("The server does not answer."))),
    );
    await userEvent.click(await screen.findByRole("button", { name: "Keep it and sign out" }));
    expect((await screen.findByRole("alert")).textContent).toBe("The server does not answer.");
  });
});
