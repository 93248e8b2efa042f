import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { expect, it, vi } from "vitest";
import { type Entry, Refusal } from "@/realtime";
import { fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import NewCustomer from "./NewCustomer";

vi.setConfig({ testTimeout: 20_000 });

it("L4: a refused customer is entered anew with what was wrong beside it, and then leaves the outbox", async () => {
  const client = fakeClient();
  const refusal = new Refusal({ code: "invalid", message: "No.", fields: { email: "is no address" }, retry: false });
  const payload = { id: "m9", name: "Bo Li", phone: "0163 1", email: "bo", tags: ["vip"], notes: null };
  const mend: Entry = { op_id: "op9", command: "create_customer", payload, at: 0, state: "refused", refusal };
  client.outbox.entries.setState([mend], true);
  const onClose = vi.fn();
  renderWith(
    client,
    <MemoryRouter>
      <NewCustomer onClose={onClose} mend={mend} />
    </MemoryRouter>,
  );
  expect(screen.getByText("The email is no address.")).toBeTruthy();
  await userEvent.clear(screen.getByLabelText("Email"));
  await userEvent.click(screen.getByRole("button", { name: "Add" }));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(client.done).toEqual([
    {
      what: "create_customer",
      payload: { id: "m9", name: "Bo Li", phone: "0163 1", email: null, address: null, notes: null, tags: ["vip"] },
    },
    { what: "drop", payload: { op_id: "op9" } },
  ]);
});
