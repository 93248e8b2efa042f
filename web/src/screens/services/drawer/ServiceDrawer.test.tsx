import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { aUser } from "@/realtime/fixtures/sampleRecords";
import { type FakeClient, fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import type { User } from "@/realtime/schema";
import { aService } from "../fixtures";
import ServiceDrawer from "./ServiceDrawer";

vi.setConfig({ testTimeout: 20_000 });
const user = userEvent.setup({ delay: null });
let client: FakeClient;

const signIn = (role: User["role"], fields: Parameters<typeof aService>[0] = {}) => {
  client = fakeClient(
    { services: [aService({ id: "s1", ...fields })] },
    aUser({ id: "ana", display_name: "Ana", role }),
  );
  client.answer("activity", { items: [], next: null });
  renderWith(
    client,
    <MemoryRouter>
      <ServiceDrawer number="42" onClose={() => undefined} />
    </MemoryRouter>,
  );
};
const updates = () => client.done.filter((one) => one.what === "update_service").map((one) => one.payload);

beforeEach(() => sessionStorage.clear());

describe("the drawer of a repair (S3)", () => {
  it("saves a price in minor units, with the currency the first time", async () => {
    signIn("front_desk");
    const price = await screen.findByLabelText("Price");
    await user.type(price, "129.5{Enter}");
    expect(updates()).toEqual([expect.objectContaining({ id: "s1", price_minor: 12950, currency: "EUR" })]);
  });

  it("lets an engineer read prices and says who may set them", () => {
    signIn("engineer", { price_minor: 12950, currency: "EUR" });
    expect(screen.getByText(/129\.50/)).toBeTruthy();
    expect(screen.queryByRole("textbox", { name: "Price" })).toBeNull();
  });

  it("offers another person's change beside the field that one is typing in (L5)", async () => {
    signIn("front_desk");
    await user.type(screen.getByRole("textbox", { name: "Brand" }), " X");
    act(() =>
      client.tell("service_updated", aService({ id: "s1", version: 8, brand: "Dell" }), { changed: ["brand"] }),
    );
    expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Brand" }).value).toBe("Lenovo X");
    expect(screen.getByRole("button", { name: "Take theirs" })).toBeTruthy();
  });

  it("says how it ended and to whom it went", () => {
    const end = { outcome: "repaired", work_done: "New battery", delivered_to: "His sister" } as const;
    signIn("front_desk", { status: "delivered", ...end });
    expect(screen.getByText("Repaired")).toBeTruthy();
    expect(screen.getByText("New battery")).toBeTruthy();
    expect(screen.getByText("to His sister")).toBeTruthy();
  });

  it("says who deleted it while it is open, and keeps what stands in it", () => {
    signIn("front_desk");
    act(() => client.tell("service_deleted", aService({ id: "s1" })));
    expect(screen.getByText(/deleted this repair/)).toBeTruthy();
    expect(screen.queryByRole("toolbar", { name: "Actions" })).toBeNull();
  });
});
