import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Customer, Refusal } from "@/realtime";
import { aUser } from "@/realtime/fixtures/sampleRecords";
import { type FakeClient, fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import type { ServiceCategory } from "@/realtime/schema";
import { aService } from "./fixtures";
import NewService from "./NewService";

vi.setConfig({ testTimeout: 30_000 });
const user = userEvent.setup({ delay: null });
const zoe = {
  id: "zoe",
  number: 1,
  name: "Zoë Müller",
  phone: "+358 40 123 4567",
  email: null,
  address: null,
} as Customer;
const laptops = {
  id: "laptops",
  number: 1,
  name: "Laptops",
  colour: "#123456",
  archived: false,
  sort_order: 1,
} as ServiceCategory;
const before = aService({ id: "old", category_id: "laptops", device_type: "Notebook", accessories: ["Charger"] });

let client: FakeClient;
beforeEach(() => {
  sessionStorage.clear();
  const me = aUser({ id: "me", display_name: "Hanna", role: "front_desk" });
  client = fakeClient({ services: [before], customers: [zoe], service_categories: [laptops] }, me);
});

const open = (props = {}) =>
  renderWith(
    client,
    <MemoryRouter>
      <NewService onClose={() => undefined} {...props} />
    </MemoryRouter>,
  );
const field = (name: string | RegExp) => screen.getByRole<HTMLInputElement>("textbox", { name });
const sent = (what: string) => client.done.filter((one) => one.what === what).map((one) => one.payload);
const take = () => user.click(screen.getByRole("button", { name: "Take it in" }));

describe("taking a device in (S3)", () => {
  it("says beside each field what is missing and sends nothing", async () => {
    open();
    await take();
    expect(screen.getByText("Whose device is it?")).toBeTruthy();
    expect(screen.getByText("What does the customer say is wrong?")).toBeTruthy();
    expect(sent("create_service")).toEqual([]);
  });

  it("finds a customer by the digits of his telephone and takes his name and number over (U2)", async () => {
    open();
    await user.type(field(/^Customer/), "40 123");
    await user.click(await screen.findByText("Zoë Müller"));
    expect(field(/^Customer/).value).toBe("Zoë Müller");
    expect(field("Phone").value).toBe("+358 40 123 4567");
    await user.type(field(/^Device/), "Toaster");
    await user.type(field(/^Reported fault/), "Burns");
    await take();
    await waitFor(() => expect(sent("create_service")).toHaveLength(1));
    expect(sent("create_service")[0]).toMatchObject({ customer_id: "zoe", device_type: "Toaster", accessories: [] });
    expect(sent("create_customer")).toEqual([]);
  });

  it("keeps a new customer with the repair, unless told not to", async () => {
    open();
    await user.type(field(/^Customer/), "Bo");
    await user.type(field(/^Device/), "Toaster");
    await user.type(field(/^Reported fault/), "Burns");
    await take();
    await waitFor(() => expect(sent("create_service")).toHaveLength(1));
    const [customer] = sent("create_customer") as { id: string; name: string }[];
    expect(customer?.name).toBe("Bo");
    expect(sent("create_service")[0]).toMatchObject({ customer_id: customer?.id, customer_name: "Bo" });
  });

  it("fills in what is usual for the category, but writes down no accessory by itself", async () => {
    open();
    await user.click(screen.getByRole("combobox", { name: "Category" }));
    await user.click(await screen.findByRole("option", { name: /Laptops/, hidden: true }));
    expect(field(/^Device/).value).toBe("Notebook");
    const charger = screen.getByRole<HTMLInputElement>("checkbox", { name: "Charger" });
    expect(charger.checked).toBe(false);
    await user.click(charger);
    await user.type(field(/^Customer/), "Bo");
    await user.type(field(/^Reported fault/), "Dead");
    await take();
    await waitFor(() => expect(sent("create_service")).toHaveLength(1));
    expect(sent("create_service")[0]).toMatchObject({ category_id: "laptops", accessories: ["Charger"] });
  });

  it("shows what the server found wrong beside its field and keeps every word", async () => {
    const fields = { serial_number: "is too long" };
    client.answer("create_service", new Refusal({ code: "invalid", message: "Not so.", retry: false, fields }));
    open();
    await user.type(field(/^Customer/), "Bo");
    await user.type(field(/^Device/), "Toaster");
    await user.type(field(/^Reported fault/), "Burns");
    await take();
    expect(await screen.findByText("Is too long.")).toBeTruthy();
    expect(field(/^Device/).value).toBe("Toaster");
  });

  it("keeps the draft when it is closed, and forgets it when it was sent", async () => {
    const first = open();
    await user.type(field(/^Customer/), "Bo");
    first.unmount();
    open();
    expect(field(/^Customer/).value).toBe("Bo");
    await user.type(field(/^Device/), "Toaster");
    await user.type(field(/^Reported fault/), "Burns");
    await take();
    await screen.findByText("Taken in");
    expect(sessionStorage).toHaveLength(0);
  });

  it("takes the same device in again as a rework", async () => {
    open({ reworkOf: aService({ id: "done", status: "delivered", number: 7 }) });
    expect(screen.getByText("Rework of S-0007")).toBeTruthy();
    expect(field(/^Device/).value).toBe("Laptop");
    await user.type(field(/^Reported fault/), "Same again");
    await take();
    await waitFor(() => expect(sent("create_service")).toHaveLength(1));
    expect(sent("create_service")[0]).toMatchObject({ rework_of: "done", reported_fault: "Same again" });
  });

  it("begins with the customer it was opened for", () => {
    open({ customer: "zoe" });
    expect(field(/Customer/).value).toBe("Zoë Müller");
  });

  it("enters a refused repair anew, under its id; then the refused one goes (L4)", async () => {
    const refusal = new Refusal({ code: "invalid", message: "No.", fields: { brand: "Not so." }, retry: false });
    const payload = {
      id: "s9",
      device_type: "Notebook",
      reported_fault: "Dark",
      customer_id: "zoe",
      customer_name: "Zoë Müller",
      estimate_minor: 12_950,
      currency: "EUR",
    };
    const mend = { op_id: "op9", command: "create_service", payload, at: 0, state: "refused", refusal };
    client.outbox.entries.setState([mend as never], true);
    open({ mend });
    expect(screen.getByText("Not so.")).toBeTruthy();
    await take();
    await waitFor(() => expect(sent("drop")).toEqual([{ op_id: "op9" }]));
    expect(sent("create_service")).toMatchObject([{ ...payload, accessories: [] }]);
  });
});
