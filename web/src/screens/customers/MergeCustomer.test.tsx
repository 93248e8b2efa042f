import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { aCall, aCustomer, aService } from "@/realtime/fixtures/sampleRecords";
import { type FakeClient, fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import { MergeCustomer } from "./MergeCustomer";

vi.setConfig({ testTimeout: 20_000 });
const bea = aCustomer({ id: "bea", name: "Bea Ortiz", phone: "600 1", email: "bea@example.org" });
const twice = aCustomer({ id: "twice", name: "B. Ortiz", phone: "600 2", email: null });
let client: FakeClient;
const onMerged = vi.fn();

beforeEach(async () => {
  client = fakeClient({
    customers: [bea, twice],
    calls: [aCall({ customer_id: "bea", status: "closed" })],
    services: [aService({ customer_id: "bea" }), aService({ id: "s2", customer_id: "twice" })],
  });
  renderWith(client, <MergeCustomer customer={bea} onClose={vi.fn()} onMerged={onMerged} />);
  await userEvent.click(screen.getByRole("combobox"));
  await userEvent.click(screen.getByRole("option", { name: /B\. Ortiz/u, hidden: true }));
});
const done = () => client.done.filter(({ what }) => what.endsWith("_customer"));

describe("Merging two customers (S4)", () => {
  it("offers everybody but the customer himself", async () => {
    await userEvent.click(screen.getByRole("combobox"));
    await userEvent.clear(screen.getByRole("combobox"));
    const names = screen.getAllByRole("option", { hidden: true }).map((option) => option.textContent);
    expect(names).toEqual([expect.stringContaining("B. Ortiz")]);
  });

  it("shows what moves before it moves", () => {
    expect(screen.getByText("Has 1 repair")).toBeTruthy();
    expect(screen.getByText("1 call and 1 repair")).toBeTruthy();
  });

  it("takes over what only the one that goes says, and then merges", async () => {
    await userEvent.click(screen.getByRole("button", { name: "Merge" }));
    expect(done()).toEqual([
      { what: "update_customer", payload: { id: "twice", expected_version: 1, email: "bea@example.org" } },
      { what: "merge_customer", payload: { id: "bea", into: "twice" } },
    ]);
    expect(onMerged).toHaveBeenCalledWith(twice);
  });

  it("turns round, and takes over nothing that nobody wants", async () => {
    await userEvent.click(screen.getByRole("button", { name: "The other way round" }));
    await userEvent.click(screen.getByRole("button", { name: "Merge" }));
    expect(done()).toEqual([{ what: "merge_customer", payload: { id: "twice", into: "bea" } }]);
  });
});
