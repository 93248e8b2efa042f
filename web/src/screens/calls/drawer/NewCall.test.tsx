import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter, useLocation, useNavigate } from "react-router";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Entry, Refusal } from "@/realtime";
import { aCall, aCustomer, aUser } from "@/realtime/fixtures/sampleRecords";
import { type FakeClient, fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import NewCall from "./NewCall";

vi.setConfig({ testTimeout: 20_000 });
const user = userEvent.setup({ delay: null });
let client: FakeClient;
const done = (what: string) =>
  client.done.filter((one) => one.what === what).map((one) => one.payload as Record<string, unknown>);
const Address = () => {
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  return (
    <>
      <output data-search={search}>{pathname}</output>
      <button type="button" onClick={() => navigate(-1)}>
        Back
      </button>
    </>
  );
};
const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);
// The text at once: typing it key by key tests nothing more here.
const enter = (at: HTMLElement, text: string) => fireEvent.change(at, { target: { value: text } });
const save = () => user.keyboard("{Control>}{Enter}{/Control}");

function open(onClose = vi.fn(), props: { customer?: string; mend?: Entry } = {}) {
  const shown = renderWith(
    client,
    <MemoryRouter initialEntries={["/", "/?new=call"]}>
      <NewCall onClose={onClose} {...props} />
      <Address />
    </MemoryRouter>,
  );
  return { onClose, ...shown };
}

beforeEach(() => {
  sessionStorage.clear();
  client = fakeClient({ customers: [aCustomer()] }, aUser({ id: "me", role: "dispatcher" }));
  client.answer("create_call", aCall());
});

describe("taking a call on the phone", () => {
  it("creates the new customer and the call with Ctrl+Enter, and opens the call", async () => {
    open();
    enter(field("What is wrong?"), "Boiler drips");
    enter(field("Who is calling?"), "Bo Li");
    enter(field("Phone"), "0163 1");
    await user.click(field("Phone"));
    await save();
    await waitFor(() => expect(screen.getByRole("status").textContent).toBe("/calls/1042"));
    const [customer] = done("create_customer");
    expect(customer).toMatchObject({ name: "Bo Li", phone: "0163 1" });
    expect(done("create_call")[0]).toMatchObject({ title: "Boiler drips", customer_id: customer?.id });
    expect(sessionStorage).toHaveLength(0);
  });

  it("Back leads from the new call to the board, not into the form again", async () => {
    open();
    enter(field("What is wrong?"), "Boiler drips");
    enter(field("Who is calling?"), "Bo Li");
    await user.click(field("Phone"));
    await save();
    await waitFor(() => expect(screen.getByRole("status").textContent).toBe("/calls/1042"));
    fireEvent.click(screen.getByText("Back"));
    expect(screen.getByRole("status").textContent).toBe("/");
    expect(screen.getByRole("status").dataset.search).toBe("");
  });

  it("finds one of ours by the digits of the phone, and Enter takes him", async () => {
    open();
    enter(field("Who is calling?"), "600123");
    await screen.findByRole("option", { name: /Bea Ortiz/ });
    await user.type(field("Who is calling?"), "{Enter}");
    expect(field("Phone").value).toBe("+34 600 123 456");
    enter(field("What is wrong?"), "Boiler drips");
    await save();
    await waitFor(() =>
      expect(done("create_call")[0]).toMatchObject({ customer_id: "m1", customer_name: "Bea Ortiz" }),
    );
    expect(done("create_customer")).toEqual([]);
  });

  it("a bare Enter in a line saves nothing", async () => {
    open();
    enter(field("Who is calling?"), "Bo");
    enter(field("What is wrong?"), "Boiler drips");
    await user.type(field("What is wrong?"), "{Enter}");
    expect(done("create_call")).toEqual([]);
  });

  it("says what is missing and sends nothing", async () => {
    open();
    await user.click(field("What is wrong?"));
    await save();
    expect(screen.getByText("Say in a few words what is wrong.")).toBeTruthy();
    expect(screen.getByText("Say who is calling.")).toBeTruthy();
    expect(client.done.filter((one) => one.what.startsWith("create"))).toEqual([]);
  });

  it("solved on the phone is created and completed in one go, and the board stays where it is", async () => {
    const { onClose } = open();
    enter(field("What is wrong?"), "Boiler drips");
    enter(field("Who is calling?"), "Bo");
    await user.click(screen.getByRole("switch", { name: "Solved on the phone" }));
    enter(field("What solved it?"), "Closed the valve");
    await save();
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    const id = done("create_call")[0]?.id;
    expect(done("complete_call")).toEqual([{ id, resolution: "Closed the valve" }]);
    expect(screen.getByRole("status").textContent).toBe("/");
  });

  it("does not make the customer twice when the call is refused and sent again", async () => {
    client.answer(
      "create_call",
      new Refusal({ code: "invalid", message: "No.", fields: { title: "Not so." }, retry: false }),
    );
    open();
    enter(field("What is wrong?"), "Boiler drips");
    enter(field("Who is calling?"), "Bo");
    await user.click(field("What is wrong?"));
    await save();
    expect(await screen.findByText("Not so.")).toBeTruthy();
    client.answer("create_call", aCall());
    enter(field("What is wrong?"), "Boiler drips a lot");
    await save();
    await waitFor(() => expect(screen.getByRole("status").textContent).toBe("/calls/1042"));
    expect(done("create_customer")).toHaveLength(1);
  });

  it("Cancel closes it and sends nothing", async () => {
    const { onClose } = open();
    enter(field("What is wrong?"), "Boiler drips");
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    expect(onClose).toHaveBeenCalled();
    expect(done("create_call")).toEqual([]);
  });

  it("keeps what was written when it is closed, and shows it again", async () => {
    const { unmount } = open();
    enter(field("What is wrong?"), "Boiler drips");
    unmount();
    open();
    expect(field("What is wrong?").value).toBe("Boiler drips");
  });

  it("says at once that the chosen customer is gone, and offers to take him as new", async () => {
    open();
    enter(field("Who is calling?"), "Bea");
    await user.click(await screen.findByRole("option", { name: /Bea Ortiz/ }));
    act(() => client.tell("customer_deleted", aCustomer()));
    expect(screen.getByRole("alert").textContent).toContain("deleted or merged");
    await user.click(screen.getByRole("button", { name: "Take as new" }));
    expect(screen.getByRole("checkbox", { name: "New: add to our customers" })).toBeTruthy();
  });

  it("begins with the customer it was opened for, and keeps no draft of that alone", () => {
    const { unmount } = open(vi.fn(), { customer: "m1" });
    expect(field("Who is calling?").value).toBe("Bea Ortiz");
    expect(field("Phone").value).toBe("+34 600 123 456");
    unmount();
    open();
    expect(field("Who is calling?").value).toBe("");
  });

  it("enters a refused call anew: its words, what was wrong, its id; then the refused one goes (L4)", async () => {
    const refusal = new Refusal({ code: "invalid", message: "No.", fields: { title: "Not so." }, retry: false });
    const payload = { id: "c9", title: "Boiler drips", customer_id: "m1", customer_name: "Bea Ortiz" };
    const mend: Entry = { op_id: "op9", command: "create_call", payload, at: 0, state: "refused", refusal };
    client.outbox.entries.setState([mend], true);
    open(vi.fn(), { mend });
    expect(screen.getByText("Not so.")).toBeTruthy();
    enter(field("What is wrong?"), "Boiler drips a lot");
    expect(screen.queryByText("Not so.")).toBeNull();
    await user.click(field("What is wrong?"));
    await save();
    await waitFor(() => expect(done("drop")).toEqual([{ op_id: "op9" }]));
    expect(done("create_call")).toMatchObject([{ id: "c9", title: "Boiler drips a lot", customer_id: "m1" }]);
    expect(sessionStorage).toHaveLength(0);
  });
});
