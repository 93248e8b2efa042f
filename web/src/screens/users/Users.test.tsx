import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter, Route, Routes } from "react-router";
import { describe, expect, it, vi } from "vitest";
import { aCall, aUser } from "@/realtime/fixtures/sampleRecords";
import { fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import Users, { isShown } from "./Users";

vi.setConfig({ testTimeout: 20_000 });
const ana = aUser({ id: "me", number: 1, display_name: "Ana", role: "admin" });
const farid = aUser({ id: "farid", number: 2, display_name: "Farid", skills: ["Printers"] });
const gone = aUser({ id: "gone", number: 3, display_name: "Gone", active: false });

function open(address = "/users") {
  const client = fakeClient(
    { users: [ana, farid, gone], calls: [aCall({ status: "assigned", assignee_id: "farid" })] },
    ana,
  );
  client.answer("explain", [
    { command: "create_user", allowed: false, why: "Only an admin may do this." },
    { command: "delete_user", allowed: false, why: "You cannot do this to yourself." },
  ]);
  client.answer("activity", { items: [], next: null });
  renderWith(
    client,
    <MemoryRouter initialEntries={[address]}>
      <Routes>
        <Route path="/users/:number?" element={<Users />} />
      </Routes>
    </MemoryRouter>,
  );
  return client;
}
const row = (name: string) => within(screen.getByRole("link", { name }).closest("tr") ?? document.body);

describe("People (S4)", () => {
  it("shows who is active with what they have open, live", () => {
    const client = open();
    expect(row("Farid").getByText("1 call")).toBeTruthy();
    expect(screen.queryByRole("link", { name: "Gone" })).toBeNull();
    act(() => client.hold({ calls: [aCall({ id: "c2", status: "new", assignee_id: "farid" })] }));
    expect(row("Farid").getByText("2 calls")).toBeTruthy();
  });

  it("says who is on the board now", () => {
    const client = open();
    expect(row("Farid").queryByText("on the board")).toBeNull();
    const present = { user: { id: "farid", name: "Farid" }, state: null, since: "", connections: 1 };
    act(() => client.setPresent("team", [present]));
    expect(row("Farid").getByText("on the board")).toBeTruthy();
  });

  it("opens the person whom the address names, and shows who is inactive on asking", async () => {
    open("/users/2");
    expect(screen.getByRole("region", { name: "Farid" })).toBeTruthy();
    await userEvent.click(screen.getByRole("radio", { name: "Inactive 1" }));
    expect(screen.getByRole("link", { name: "Gone" })).toBeTruthy();
  });

  it("keeps a button that is not allowed, with the server's sentence (S2)", async () => {
    open();
    const add = screen.getByRole("button", { name: "Add person" });
    await vi.waitFor(() => expect(add.getAttribute("aria-disabled")).toBe("true"));
    await userEvent.click(add);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("finds by name, role and skill, every word of it", () => {
    expect(isShown(farid, "active", "print FARID")).toBe(true);
    expect(isShown(farid, "active", "engineer")).toBe(true);
    expect(isShown(farid, "active", "farid ana")).toBe(false);
    expect(isShown(gone, "active", "")).toBe(false);
  });
});
