import { cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter, useLocation } from "react-router";
import { afterEach, describe, expect, it, vi } from "vitest";
import { aCall, aCustomer, aUser } from "@/realtime/fixtures/sampleRecords";
import { fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import { SessionContext } from "../session";
import Palette from "./Palette";

vi.setConfig({ testTimeout: 20_000 });
afterEach(cleanup);

function Where() {
  const { pathname, search } = useLocation();
  return <p>{`at ${pathname}${search}`}</p>;
}

function open(address = "/?status=new") {
  const client = fakeClient({
    calls: [aCall({ number: 1042 })],
    customers: [aCustomer({ id: "k", number: 5, name: "Boiler & Sons" })],
  });
  const close = vi.fn();
  const session = {
    me: aUser(),
    tenant: { id: "t", slug: "main", name: "Main" },
    signOut: async () => undefined,
    changePassword: async () => undefined,
  };
  client.answer("search", { items: [], cursor: "e.1" });
  renderWith(
    client,
    <MemoryRouter initialEntries={[address]}>
      <SessionContext value={session}>
        <Where />
        <Palette opened onClose={close} />
      </SessionContext>
    </MemoryRouter>,
  );
  return { client, close, field: screen.getByRole("combobox") };
}

const options = () => screen.getAllByRole("option", { hidden: true }).map((option) => option.textContent ?? "");

describe("the palette (U2)", () => {
  it("offers what can be done before anything is typed", () => {
    open();
    expect(options().slice(0, 3)).toEqual([
      expect.stringContaining("New call"),
      expect.stringContaining("New repair"),
      expect.stringContaining("Go to Calls"),
    ]);
  });

  it("finds records at once, and Enter opens the first, with the filters of the screen kept", async () => {
    const { close, field } = open();
    await userEvent.type(field, "boiler drips{Enter}");
    expect(screen.getByText("at /calls/1042?status=new")).toBeTruthy();
    expect(close).toHaveBeenCalled();
  });

  it("goes to another screen without the filters of this one; arrows choose", async () => {
    const { field } = open();
    await userEvent.type(field, "boiler{ArrowDown}{Enter}");
    expect(screen.getByText("at /customers/5")).toBeTruthy();
  });

  it("opens the intake form from a word", async () => {
    const { field } = open("/settings");
    await userEvent.type(field, ">new rep{Enter}");
    expect(screen.getByText("at /settings?new=service")).toBeTruthy();
  });

  it("adds what only the server knows", async () => {
    const { client, field } = open();
    const item = { resource: "calls", id: "old", number: "C-0003", title: "Boiler of long ago", subtitle: "Ortiz" };
    client.answer("search", { items: [item], cursor: "e.1" });
    await userEvent.type(field, "boiler of");
    await waitFor(() => expect(options().join()).toContain("Boiler of long ago"));
  });

  it("says so where nothing is found, and closes at Escape", async () => {
    const { close, field } = open();
    await userEvent.type(field, "zzz");
    expect(screen.getByText(/Nothing found/)).toBeTruthy();
    await userEvent.keyboard("{Escape}");
    expect(close).toHaveBeenCalledOnce();
  });
});
