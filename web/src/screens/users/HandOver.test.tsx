import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { describe, expect, it, vi } from "vitest";
import { Refusal } from "@/realtime";
import { aCall, aService, aUser } from "@/realtime/fixtures/sampleRecords";
import { fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import { HandOver, handedOver } from "./HandOver";

vi.setConfig({ testTimeout: 20_000 });
const farid = aUser({ id: "farid", display_name: "Farid" });
const grace = aUser({ id: "grace", display_name: "Grace" });
const jun = aUser({ id: "jun", display_name: "Jun", role: "viewer" });
const hisCall = aCall({ id: "c1", status: "in_progress", assignee_id: "farid" });
const hisRepair = aService({ id: "s1", status: "completed", technician_id: "farid" });

function open(records: Parameters<typeof fakeClient>[0], command: "delete_user" | "deactivate_user" = "delete_user") {
  const client = fakeClient({ users: [farid, grace, jun], ...records });
  const onClose = vi.fn();
  const onDone = vi.fn();
  renderWith(
    client,
    <MemoryRouter>
      <HandOver user={farid} command={command} onClose={onClose} onDone={onDone} />
    </MemoryRouter>,
  );
  return {
    client,
    onClose,
    onDone,
    done: () => client.done.filter((one) => one.what === command).map((one) => one.payload),
  };
}
const button = (name: string) => screen.getByRole("button", { name });

describe("Somebody goes (S4)", () => {
  it("shows what is open first, and does nothing before it has somewhere to go", async () => {
    const { done } = open({ calls: [hisCall], services: [hisRepair] });
    expect(screen.getByText("1 call and 1 repair")).toBeTruthy();
    expect(screen.getByText("C-1042")).toBeTruthy();
    expect(button("Delete").hasAttribute("disabled")).toBe(true);
    await userEvent.click(button("Delete"));
    expect(done()).toEqual([]);
  });

  it("counts what comes and goes while the dialog stands there", () => {
    const { client } = open({ calls: [hisCall] });
    act(() => client.hold({ calls: [aCall({ id: "c2", status: "assigned", assignee_id: "farid" })] }));
    expect(screen.getByText("2 calls")).toBeTruthy();
    act(() => client.hold({ calls: [{ ...hisCall, status: "completed" }, aCall({ id: "c2", status: "closed" })] }));
    expect(screen.getByText("Nothing is open with them.")).toBeTruthy();
  });

  it("hands it over to a colleague who works, and to nobody else", async () => {
    const { done, onDone } = open({ calls: [hisCall] });
    await userEvent.click(screen.getByRole("combobox", { name: "Colleague" }));
    const offered = screen.getAllByRole("option", { hidden: true }).map((option) => option.textContent);
    expect(offered.some((text) => text?.includes("Grace"))).toBe(true);
    expect(offered.some((text) => text?.includes("Farid") || text?.includes("Jun"))).toBe(false);
    await userEvent.click(screen.getByRole("option", { name: /Grace/u, hidden: true }));
    await userEvent.click(button("Delete"));
    expect(done()).toEqual([{ id: "farid", reassign_to: "grace" }]);
    expect(onDone).toHaveBeenCalled();
  });

  it("releases it to everyone where that is chosen", async () => {
    const { done } = open({ calls: [hisCall] }, "deactivate_user");
    await userEvent.click(screen.getByRole("radio", { name: "Back to everyone" }));
    await userEvent.click(button("Deactivate"));
    expect(done()).toEqual([{ id: "farid", release: true }]);
  });

  it("stays open when it is refused", async () => {
    const { client, onClose, done } = open({});
    client.answer(
      "delete_user",
      new Refusal({ code: "refused", message: "This is the last active admin.", retry: false }),
    );
    await userEvent.click(button("Delete"));
    expect(done()).toEqual([{ id: "farid" }]);
    expect(onClose).not.toHaveBeenCalled();
  });

  it("says nothing of where work goes when there is none", () => {
    expect(handedOver(false, "everyone", "grace")).toEqual({});
  });
});
