import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { CommandName } from "@/realtime";
import { Refusal } from "@/realtime";
import { aCall, aUser } from "@/realtime/fixtures/sampleRecords";
import { type FakeClient, fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import CallDrawer from "./CallDrawer";

const ana = aUser({ id: "me", display_name: "Ana", role: "engineer" });
const chiara = aUser({ id: "other", display_name: "Chiara" });
const allow = (...allowed: CommandName[]) =>
  ["claim_call", "assign_call", "complete_call", "delete_call", "update_call"].map((command) => {
    const is = (allowed as string[]).includes(command);
    return { command, allowed: is, why: is ? null : `Not you: ${command}.` };
  });

// Typing key by key without waiting between the keys.
vi.setConfig({ testTimeout: 20_000 });
const user = userEvent.setup({ delay: null });
let client: FakeClient;
const done = (what: string) => client.done.filter((one) => one.what === what).map((one) => one.payload);

function open(onClose = vi.fn()) {
  client.answer("activity", { items: [], next: null });
  renderWith(
    client,
    <MemoryRouter>
      <CallDrawer number="1042" onClose={onClose} />
    </MemoryRouter>,
  );
  return onClose;
}

beforeEach(() => {
  sessionStorage.clear();
  client = fakeClient({ calls: [aCall({ version: 3 })], users: [ana, chiara] }, ana);
  client.answer("explain", allow("claim_call", "update_call"));
});

describe("the actions of an open call (S2)", () => {
  it("shows what is allowed to me as a button and performs it", async () => {
    open();
    await user.click(await screen.findByRole("button", { name: "Take it" }));
    expect(done("claim_call")).toEqual([{ id: "c1" }]);
    expect(screen.queryByRole("button", { name: "Complete" })).toBeNull();
  });

  it("lists what is not allowed with the server's own sentence, and does not perform it", async () => {
    open();
    await screen.findByRole("button", { name: "Take it" });
    await user.click(screen.getByRole("button", { name: "More actions" }));
    const barred = await screen.findByRole("menuitem", { name: /Delete.*Not you: delete_call\./ });
    expect(barred.getAttribute("aria-disabled")).toBe("true");
    await user.click(barred);
    expect(done("delete_call")).toEqual([]);
  });

  it("has a key for them while no field has the focus", async () => {
    open();
    await screen.findByRole("button", { name: "Take it" });
    await user.keyboard("m");
    expect(done("claim_call")).toHaveLength(1);
    await user.type(screen.getByRole("textbox", { name: "New note" }), "m");
    expect(done("claim_call")).toHaveLength(1);
  });
});

describe("editing in place (L5)", () => {
  it("saves a field with Enter, alone and with the version it is based on", async () => {
    open();
    const title = screen.getByRole("textbox", { name: "Title" });
    await user.clear(title);
    await user.type(title, "Boiler leaks{Enter}");
    expect(done("update_call")).toEqual([{ id: "c1", title: "Boiler leaks", expected_version: 3 }]);
  });

  it("does not send the same value again on leaving the field while it is under way", async () => {
    client.answer("update_call", new Promise(() => undefined));
    open();
    const title = screen.getByRole("textbox", { name: "Title" });
    await user.type(title, " now{Enter}");
    await user.tab();
    expect(done("update_call")).toHaveLength(1);
  });

  it("takes the typing back on Escape and closes only on the next one", async () => {
    const onClose = open();
    const title = screen.getByRole<HTMLInputElement>("textbox", { name: "Title" });
    await user.type(title, " oops{Escape}");
    expect(title.value).toBe("Boiler drips");
    expect(onClose).not.toHaveBeenCalled();
    await user.keyboard("{Escape}");
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it("offers another's change beside what I type, and saves nothing until I choose", async () => {
    open();
    const title = screen.getByRole<HTMLInputElement>("textbox", { name: "Title" });
    await user.type(title, " badly");
    act(() => client.tell("call_updated", aCall({ version: 4, title: "Heating out" }), { changed: ["title"] }));
    expect(title.value).toBe("Boiler drips badly");
    const offer = screen.getByRole("alert");
    expect(offer.textContent).toContain("Chiara set the title to Heating out");
    await user.tab();
    expect(done("update_call")).toEqual([]);
    await user.click(within(offer).getByRole("button", { name: "Keep yours" }));
    await waitFor(() =>
      expect(done("update_call")).toEqual([{ id: "c1", title: "Boiler drips badly", expected_version: 4 }]),
    );
  });

  it("takes theirs without a command", async () => {
    open();
    const title = screen.getByRole<HTMLInputElement>("textbox", { name: "Title" });
    await user.type(title, " badly");
    act(() => client.tell("call_updated", aCall({ version: 4, title: "Heating out" }), { changed: ["title"] }));
    await user.click(screen.getByRole("button", { name: "Take theirs" }));
    expect(title.value).toBe("Heating out");
    expect(done("update_call")).toEqual([]);
  });

  it("leaves a refused text standing, with what is wrong beside it, and asks before it is lost", async () => {
    client.answer(
      "update_call",
      new Refusal({ code: "invalid", message: "No.", fields: { title: "Too long." }, retry: false }),
    );
    const onClose = open();
    const title = screen.getByRole<HTMLInputElement>("textbox", { name: "Title" });
    await user.type(title, " x{Enter}");
    expect((await screen.findByRole("alert")).textContent).toBe("Too long.");
    expect(title.value).toBe("Boiler drips x");
    await user.click(screen.getByRole("button", { name: "Close" }));
    expect(onClose).not.toHaveBeenCalled();
    await user.click(await screen.findByRole("button", { name: "Throw away" }));
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it("says who types in which field", () => {
    open();
    act(() => client.setTypists("calls/c1", [{ user: { id: "other", name: "Chiara" }, field: "title" }]));
    expect(screen.getByText(/is typing/).textContent).toBe("Chiara is typing…");
  });
});

describe("a call that is deleted while it is open (S2)", () => {
  it("says who deleted it and offers nothing that would fail, but keeps what was typed", async () => {
    open();
    const title = screen.getByRole("textbox", { name: "Title" });
    await user.type(title, " since Monday");
    act(() => client.tell("call_deleted", aCall({ version: 4 })));
    expect(screen.getByRole("alert").textContent).toContain("Chiara deleted this call");
    expect(screen.queryByRole("button", { name: "Take it" })).toBeNull();
    expect(screen.queryByRole("textbox", { name: "New note" })).toBeNull();
    expect(screen.getByText("Boiler drips since Monday")).toBeTruthy();
  });

  it("leaves a half-written dialog open, with the words and without its deed", async () => {
    client.answer("explain", allow("complete_call"));
    open();
    await user.click(await screen.findByRole("button", { name: "Complete" }));
    const words = await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "What solved it?" });
    await user.type(words, "Valve");
    act(() => client.tell("call_deleted", aCall({ version: 4 })));
    expect(words.isConnected && words.value).toBe("Valve");
    expect(screen.getByText("This call was deleted meanwhile.")).toBeTruthy();
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(done("complete_call")).toEqual([]);
  });

  it("comes back with an undone deletion", async () => {
    open();
    act(() => client.tell("call_deleted", aCall({ version: 4 })));
    act(() => client.tell("call_created", aCall({ version: 5 })));
    expect(screen.queryByRole("alert")).toBeNull();
    expect(await screen.findByRole("button", { name: "Take it" })).toBeTruthy();
  });

  it("an address of no call says so", () => {
    client.remove("calls", "c1");
    open();
    expect(screen.getByText("There is no such call")).toBeTruthy();
  });
});
