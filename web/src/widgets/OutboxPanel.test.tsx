import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { type Entry, Refusal } from "@/realtime";
import { fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import { OutboxPanel } from "./OutboxPanel";

const refused: Entry = {
  op_id: "3",
  command: "complete_call",
  payload: { id: "c1" },
  at: Date.now(),
  state: "refused",
  label: "Complete C-1042",
  refusal: new Refusal({ code: "refused", message: "This call is closed.", retry: false }),
};
const waiting: Entry = { op_id: "2", command: "assign_call", payload: {}, at: Date.now(), state: "waiting" };
const old: Entry = { ...waiting, op_id: "4", state: "old" };

function panel(entries: Entry[], mendOf: (entry: Entry) => (() => void) | null = () => null) {
  const client = fakeClient();
  client.outbox.entries.setState(entries, true);
  renderWith(client, <OutboxPanel mendOf={mendOf} />);
  return client;
}
const buttons = () =>
  within(screen.getByRole("listitem"))
    .getAllByRole("button")
    .map((button) => button.textContent);

describe("OutboxPanel (L4)", () => {
  it("says in words what waits, and lets it be dropped", async () => {
    const client = panel([waiting]);
    expect(screen.getByRole("listitem").textContent).toContain("Assign callWaiting for the connection");
    await userEvent.click(screen.getByRole("button", { name: "Drop" }));
    expect(client.done).toEqual([{ what: "drop", payload: { op_id: "2" } }]);
  });

  it("says why something was refused, and lets it be mended, tried again or dropped", async () => {
    const mend = vi.fn();
    const client = panel([refused], (entry) => (entry === refused ? mend : null));
    expect(screen.getByRole("listitem").textContent).toContain("This call is closed.");
    expect(buttons()).toEqual(["Mend", "Try again", "Drop"]);
    await userEvent.click(screen.getByRole("button", { name: "Mend" }));
    expect(mend).toHaveBeenCalledOnce();
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(client.done).toEqual([{ what: "retry", payload: { op_id: "3", payload: undefined } }]);
  });

  it("offers no mending where there is no place for it any more", () => {
    panel([refused], () => null);
    expect(buttons()).toEqual(["Try again", "Drop"]);
  });

  it("asks before it sends what lay for a month", async () => {
    const client = panel([old]);
    expect(screen.getByRole("listitem").textContent).toContain("From long ago. Send it still?");
    await userEvent.click(screen.getByRole("button", { name: "Send" }));
    expect(client.done).toEqual([{ what: "sendOld", payload: { op_id: "4" } }]);
  });

  it("does not offer to drop what is being sent", () => {
    panel([{ ...waiting, state: "sending" }]);
    expect(within(screen.getByRole("listitem")).queryByRole("button")).toBeNull();
  });

  it("says so when there is nothing", () => {
    panel([]);
    expect(screen.getByText("Everything has been sent")).toBeTruthy();
  });
});
