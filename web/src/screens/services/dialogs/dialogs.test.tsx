import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "@/realtime";
import { aUser } from "@/realtime/fixtures/sampleRecords";
import { type FakeClient, fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import { aService } from "../fixtures";
import { AssignDialog } from "./AssignDialog";
import { CompleteDialog } from "./CompleteDialog";
import { DeliverDialog } from "./DeliverDialog";

vi.setConfig({ testTimeout: 20_000 });
const user = userEvent.setup({ delay: null });
const onClose = vi.fn();
let client: FakeClient;

beforeEach(() => {
  onClose.mockReset();
  const engineer = aUser({ id: "eun", display_name: "Eun-ji", role: "engineer" });
  const viewer = aUser({ id: "jun", display_name: "Jun", role: "viewer" });
  const busy = aService({ id: "other", technician_id: "eun", status: "in_repair" });
  client = fakeClient({ services: [aService(), busy], users: [engineer, viewer] });
});

describe("completing a repair (S3)", () => {
  const open = (fields: Parameters<typeof aService>[0]) =>
    renderWith(client, <CompleteDialog service={aService({ id: "s1", ...fields })} onClose={onClose} />);

  it("asks what was done before a device counts as repaired", async () => {
    open({ status: "in_repair" });
    await user.click(screen.getByRole("button", { name: "Complete" }));
    expect(screen.getByText("Say what was done")).toBeTruthy();
    expect(client.done).toEqual([]);
    await user.type(screen.getByLabelText(/Work done/), "New battery");
    await user.click(screen.getByRole("button", { name: "Complete" }));
    expect(client.done).toEqual([
      { what: "complete_service", payload: { id: "s1", outcome: "repaired", work_done: "New battery" } },
    ]);
    expect(onClose).toHaveBeenCalledOnce();
  });

  it("does not offer what the server would refuse, and says why", () => {
    open({ status: "received" });
    expect(screen.getByRole<HTMLInputElement>("radio", { name: "Repaired" }).disabled).toBe(true);
    expect(screen.getByRole<HTMLInputElement>("radio", { name: "No fault found" }).checked).toBe(true);
    expect(screen.getByText(/come after the work/)).toBeTruthy();
  });

  it("stays open with every word when the server refuses", async () => {
    client.answer("complete_service", new Refusal({ code: "refused", message: "It was cancelled.", retry: false }));
    open({ status: "in_repair" });
    await user.type(screen.getByLabelText(/Work done/), "New battery");
    await user.click(screen.getByRole("button", { name: "Complete" }));
    expect(onClose).not.toHaveBeenCalled();
    expect(screen.getByDisplayValue("New battery")).toBeTruthy();
  });
});

describe("handing a device out (S3)", () => {
  it("offers the customer himself, what goes back with it, and what there is to pay", async () => {
    const priced = { accessories: ["Charger", "Bag"], price_minor: 12950, currency: "EUR" };
    renderWith(
      client,
      <DeliverDialog service={aService({ id: "s1", status: "completed", ...priced })} onClose={onClose} />,
    );
    expect(screen.getByText(/Charger, Bag/)).toBeTruthy();
    expect(screen.getByText(/129\.50/)).toBeTruthy();
    const taker = screen.getByLabelText("Handed to");
    await user.clear(taker);
    await user.click(screen.getByRole("button", { name: "Hand out" }));
    expect(screen.getByText("Say who takes the device")).toBeTruthy();
    await user.type(taker, "His sister");
    await user.click(screen.getByRole("button", { name: "Hand out" }));
    expect(client.done).toEqual([{ what: "deliver_service", payload: { id: "s1", delivered_to: "His sister" } }]);
  });
});

describe("giving a repair to somebody", () => {
  it("offers who takes work, with how much each has on the bench, and nobody else", async () => {
    renderWith(client, <AssignDialog service={aService({ id: "s1" })} onClose={onClose} />);
    expect(screen.queryByText("Jun")).toBeNull();
    const eun = screen.getByRole("button", { name: /Eun-ji/ });
    expect(eun.textContent).toContain("1 on the bench");
    await user.click(eun);
    expect(client.done).toEqual([{ what: "assign_service", payload: { id: "s1", technician_id: "eun" } }]);
  });
});
