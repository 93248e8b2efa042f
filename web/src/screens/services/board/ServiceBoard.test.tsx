import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider } from "react-router";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { aUser } from "@/realtime/fixtures/sampleRecords";
import { type FakeClient, fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import { aService } from "../fixtures";
import Services from "../Services";

vi.setConfig({ testTimeout: 20_000 });
const user = userEvent.setup({ delay: null });
let client: FakeClient;

beforeEach(() => {
  // jsdom gives nothing a size: without one no row would be in sight.
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(600);
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(300);
  const me = aUser({ id: "ana", display_name: "Ana", role: "dispatcher" });
  client = fakeClient(
    {
      services: [
        aService({ id: "1", number: 1, promised_on: "2020-01-01" }),
        aService({ id: "2", number: 2, status: "in_repair", device_type: "Toaster", technician_id: "ana" }),
        aService({ id: "3", number: 3, status: "delivered", device_type: "Radio" }),
      ],
    },
    me,
  );
});

const open = (path = "/services") => {
  const router = createMemoryRouter([{ path: "/services/:number?", element: <Services /> }], {
    initialEntries: [path],
  });
  renderWith(client, <RouterProvider router={router} />);
  return router;
};
const column = (name: RegExp) => within(screen.getByRole("region", { name }));

describe("the board of repairs (S3)", () => {
  it("shows what is in the house by status, and what was handed back only when asked for", async () => {
    open();
    expect(column(/^Received, 1/).getByText(/Laptop/)).toBeTruthy();
    expect(column(/^In repair, 1/).getByText(/Toaster/)).toBeTruthy();
    expect(screen.queryByText(/Radio/)).toBeNull();
    await user.click(screen.getByRole("button", { name: "Status: Open" }));
    await user.click(await screen.findByRole("button", { name: "Every status" }));
    expect(column(/^Delivered, 1/).getByText(/Radio/)).toBeTruthy();
  });

  it("counts what is overdue and filters by it in the address", async () => {
    const router = open();
    await user.click(screen.getByRole("button", { name: /^Overdue/ }));
    expect(router.state.location.search).toBe("?promised=late");
    expect(screen.queryByText(/Toaster/)).toBeNull();
  });

  it("moves a card to where another person has moved the repair", () => {
    open();
    const moved = aService({ id: "1", number: 1, status: "completed", version: 8 });
    act(() => client.tell("service_updated", moved, { action: "complete_service", changed: ["status"] }));
    expect(column(/^Ready, 1/).getByText(/Laptop/)).toBeTruthy();
    expect(screen.getByRole("region", { name: "Received, 0" })).toBeTruthy();
  });

  it("offers in a card's menu what can be done, and with the server's sentence what cannot", async () => {
    const why = "Only an admin may delete this service.";
    client.answer("explain", [{ command: "delete_service", allowed: false, why }]);
    open();
    await user.click(screen.getByRole("button", { name: "More for S-0002" }));
    expect((await screen.findByRole("menuitem", { name: /^Delete/ })).textContent).toContain(why);
    await user.click(screen.getByRole("menuitem", { name: "Wait for parts" }));
    expect(client.done).toContainEqual({
      what: "advance_service",
      payload: { id: "2", status: "awaiting_parts" },
    });
  });

  it("goes from card to card by the arrows, and opens one by Enter with the filters kept (U2)", async () => {
    const router = open("/services?technician=me");
    act(() => client.hold({ services: [aService({ id: "4", number: 4, technician_id: "ana" })] }));
    act(() => screen.getByRole("link", { name: /S-0004/ }).focus());
    await user.keyboard("{ArrowRight}");
    expect(document.activeElement?.getAttribute("aria-label")).toMatch(/^S-0002/);
    await user.keyboard("{Enter}");
    expect(router.state.location.pathname + router.state.location.search).toBe("/services/2?technician=me");
  });

  it("says what to do where there is nothing", () => {
    client = fakeClient({}, aUser({ id: "ana", display_name: "Ana" }));
    open();
    expect(screen.getByText("No repairs yet")).toBeTruthy();
  });

  it("shows the same repairs as rows, sorted by the heading pressed", async () => {
    open("/services?view=list");
    const numbers = () => screen.getAllByRole("row").flatMap((row) => row.textContent?.match(/^S-\d+/)?.[0] ?? []);
    expect(numbers()).toEqual(["S-0001", "S-0002"]);
    await user.click(screen.getByRole("button", { name: "No." }));
    await user.click(screen.getByRole("button", { name: "No." }));
    expect(numbers()).toEqual(["S-0002", "S-0001"]);
  });
});
