import { Notifications, notifications } from "@mantine/notifications";
import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "@/realtime";
import { aCall } from "@/realtime/fixtures/sampleRecords";
import { type FakeClient, fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import { type Act, useAct } from "./useAct";

const closed = new Refusal({ code: "refused", message: "This call is closed: you cannot start it now.", retry: false });

function Hand({ lend }: { lend: (act: Act) => void }) {
  lend(useAct());
  return <Notifications />;
}

function acting(client: FakeClient): { act: Act } {
  const hand: { act: Act } = { act: async () => null };
  renderWith(
    client,
    <Hand
      lend={(act) => {
        hand.act = act;
      }}
    />,
  );
  return hand;
}
const toasts = () => [...screen.queryAllByRole("status"), ...screen.queryAllByRole("alert")].map((t) => t.textContent);

afterEach(() => {
  act(() => notifications.clean());
});

describe("useAct (U1, U5)", () => {
  it("says what was done and takes it back with Undo", async () => {
    const client = fakeClient();
    client.answer("close_call", aCall({ status: "closed" }));
    const hand = acting(client);
    const outcome = await act(() => hand.act("close_call", { id: "c1" }));
    const cursor = outcome?.state === "acknowledged" ? outcome.ack.cursor : "";
    expect(toasts()).toEqual(["C-1042 closed.Undo"]);
    await userEvent.click(screen.getByRole("button", { name: "Undo" }));
    expect(client.done.at(-1)).toEqual({ what: "undo", payload: { cursor } });
    await waitFor(() => expect(toasts()).toContain("Taken back."));
  });

  it("says what the caller wants said, also made of the ack", async () => {
    const client = fakeClient();
    client.answer("claim_call", aCall({ title: "Boiler" }));
    const hand = acting(client);
    await act(() =>
      hand.act("claim_call", { id: "c1" }, { said: ({ data }) => `${data?.title} is yours.`, undo: false }),
    );
    expect(toasts()).toEqual(["Boiler is yours."]);
  });

  it("says a refusal in the server's own sentence and answers null", async () => {
    const client = fakeClient();
    client.answer("start_call", closed);
    const hand = acting(client);
    expect(await act(() => hand.act("start_call", { id: "c1" }))).toBeNull();
    expect(screen.getByRole("alert").textContent).toBe(closed.message);
  });

  it("leaves a refusal to the form that shows it", async () => {
    const client = fakeClient();
    client.answer("start_call", closed);
    const refused = vi.fn(() => true);
    const hand = acting(client);
    await act(() => hand.act("start_call", { id: "c1" }, { refused }));
    expect(refused).toHaveBeenCalledWith(closed);
    expect(toasts()).toEqual([]);
  });

  it("says once that what is held will be sent later", async () => {
    const client = fakeClient();
    client.answer("start_call", "held");
    const hand = acting(client);
    await act(() => hand.act("start_call", { id: "c1" }, { quiet: true }));
    await act(() => hand.act("start_call", { id: "c2" }));
    expect(toasts()).toEqual(["Will be sent when you are back online."]);
  });

  it("says nothing of a quiet success, and offers no Undo of a password", async () => {
    const client = fakeClient();
    const hand = acting(client);
    await act(() => hand.act("start_call", { id: "c1" }, { quiet: true }));
    expect(toasts()).toEqual([]);
    await act(() => hand.act("reset_password", { id: "u1", password: "a long password" }, { said: "Password set." }));
    expect(toasts()).toEqual(["Password set."]);
  });

  it("offers no Undo where nothing was changed: the ack then names somebody else's change", async () => {
    const client = fakeClient({ calls: [aCall({ version: 0, updated_by: "me" })] });
    client.answer("assign_call", aCall({ version: 0, updated_by: "me" }));
    client.answer("close_call", aCall({ version: 2, updated_by: "bea" }));
    client.answer("claim_call", aCall({ version: 3, updated_by: "me" }));
    const hand = acting(client);
    await act(() => hand.act("assign_call", { id: "c1", assignee_id: "u1" }));
    await act(() => hand.act("close_call", { id: "c1" }));
    expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
    await act(() => hand.act("claim_call", { id: "c1" }));
    expect(screen.getByRole("button", { name: "Undo" })).toBeTruthy();
  });

  it("keeps one toast a record: the newer deed takes the place of the older", async () => {
    const client = fakeClient();
    client.answer("claim_call", aCall({ id: "c1", version: 1, updated_by: "me" }));
    client.answer("start_call", aCall({ id: "c1", version: 2, updated_by: "me" }));
    client.answer("close_call", aCall({ id: "c2", version: 3, updated_by: "me" }));
    const hand = acting(client);
    await act(() => hand.act("claim_call", { id: "c1" }, { said: "Taken." }));
    await act(() => hand.act("start_call", { id: "c1" }, { said: "Started." }));
    await act(() => hand.act("close_call", { id: "c2" }, { said: "Closed." }));
    await waitFor(() => expect(toasts()).toEqual(["Started.Undo", "Closed.Undo"]));
  });

  it("says why an Undo came too late", async () => {
    const client = fakeClient();
    client.answer("undo", new Refusal({ code: "refused", message: "It has changed since.", retry: false }));
    const hand = acting(client);
    await act(() => hand.act("close_call", { id: "c1" }));
    await userEvent.click(screen.getByRole("button", { name: "Undo" }));
    await waitFor(() => expect(screen.getByRole("alert").textContent).toBe("It has changed since."));
  });
});
