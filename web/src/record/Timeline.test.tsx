import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Note, Refusal } from "@/realtime";
import { aCall, aUser } from "@/realtime/fixtures/sampleRecords";
import { type FakeClient, fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import { Timeline } from "./Timeline";
import type { Activity } from "./timelineEntries";

vi.setConfig({ testTimeout: 20_000 });
const user = userEvent.setup({ delay: null });

const aNote = (change: Partial<Note> = {}): Note => ({
  id: "n1",
  tenant_id: "t",
  number: 1,
  version: 5,
  created_at: "2026-11-20T08:30:00.000Z",
  created_by: "me",
  updated_at: "2026-11-20T08:30:00.000Z",
  updated_by: "me",
  resource: "calls",
  record_id: "c1",
  text: "Called back",
  ...change,
});
const created: Activity = {
  cursor: "e.0",
  at: "2026-11-20T08:00:00.000Z",
  actor: { id: "me", name: "Ana" },
  action: "create_call",
  resource: "calls",
  id: "c1",
  changed: [],
};

let client: FakeClient;
const done = (what: string) => client.done.filter((one) => one.what === what);
const lines = () => screen.getAllByRole("listitem").map((line) => line.textContent ?? "");

beforeEach(() => {
  sessionStorage.clear();
  const me = aUser({ id: "me", display_name: "Ana" });
  client = fakeClient({ calls: [aCall()], notes: [aNote()], users: [me] }, me);
  client.answer("activity", { items: [created], next: null });
  client.answer("explain", [{ command: "create_note", allowed: true, why: null }]);
});

const open = () => renderWith(client, <Timeline plural="calls" id="c1" />);

describe("the time line of a record (S2)", () => {
  it("shows notes and activity together, newest first", async () => {
    open();
    await screen.findByText(/added the call/);
    expect(lines()[0]).toContain("Called back");
    expect(lines()[1]).toContain("Ana added the call");
  });

  it("puts a live change on top without asking again", async () => {
    open();
    await screen.findByText(/added the call/);
    const change = { action: "update_call", changed: ["priority"], version: 2 };
    act(() => client.tell("call_updated", aCall({ version: 2, priority: "high" }), change));
    expect(lines()[0]).toMatch(/Chiara .*priority to High/i);
    expect(done("activity")).toHaveLength(1);
  });

  it("asks again where the record moved on and no event told of it", async () => {
    open();
    await screen.findByText(/added the call/);
    client.answer("activity", { items: [{ ...created, cursor: "e.9", action: "start_call" }, created], next: null });
    act(() => client.hold({ calls: [aCall({ version: 9 })] }));
    await screen.findByText(/started work/);
    expect(done("activity")).toHaveLength(2);
  });

  it("ignores what happens to other records", async () => {
    open();
    await screen.findByText(/added the call/);
    act(() => client.tell("call_updated", aCall({ id: "c2" }), { action: "start_call", changed: ["status"] }));
    expect(lines()).toHaveLength(2);
  });

  it("sends a note with Ctrl+Enter and empties the box; a refused one comes back", async () => {
    open();
    const box = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "New note" });
    await user.type(box, "Parts ordered{Control>}{Enter}{/Control}");
    expect(done("create_note").map((one) => one.payload)).toEqual([
      { resource: "calls", record_id: "c1", text: "Parts ordered" },
    ]);
    expect(box.value).toBe("");
    client.answer("create_note", new Refusal({ code: "forbidden", message: "Not you.", retry: false }));
    await user.type(box, "Once more{Control>}{Enter}{/Control}");
    await waitFor(() => expect(box.value).toBe("Once more"));
  });

  it("who may not write notes reads why in place of the box, in the server's words", async () => {
    const sentence = "Viewers read notes, they write none.";
    client.answer("explain", [{ command: "create_note", allowed: false, why: sentence }]);
    open();
    expect(await screen.findByText(sentence)).toBeTruthy();
    expect(screen.queryByRole("textbox", { name: "New note" })).toBeNull();
  });

  it("promises the earlier activity for when one is back online only where one is offline", async () => {
    const promise = /as soon as you are back online/;
    client.answer("activity", new Refusal({ code: "not_found", message: "There is no such call.", retry: false }));
    open();
    await waitFor(() => expect(done("activity")).toHaveLength(1));
    act(() => client.setStatus({ state: "offline" }));
    expect(await screen.findByText(promise)).toBeTruthy();
    act(() => client.setStatus({ state: "live" }));
    expect(screen.queryByText(promise)).toBeNull();
  });

  it("keeps an unsent note for this tab when the record is closed", async () => {
    const { unmount } = open();
    await user.type(screen.getByRole("textbox", { name: "New note" }), "Half a");
    unmount();
    open();
    expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: "New note" }).value).toBe("Half a");
  });

  it("keeps an unsent note to be copied when the record is deleted meanwhile", async () => {
    sessionStorage.setItem("callboard.me.note.calls.c1", "Half a note");
    renderWith(client, <Timeline plural="calls" id="c1" closed />);
    expect(screen.getByLabelText("Your note, not sent")).toHaveProperty("value", "Half a note");
    expect(screen.getByLabelText("Your note, not sent")).toHaveProperty("readOnly", true);
    expect(screen.queryByLabelText("New note")).toBeNull();
  });

  it("only the author or an admin may change a note", () => {
    client.hold({ notes: [aNote({ created_by: "other" })] });
    open();
    expect(screen.queryByRole("button", { name: "Change this note" })).toBeNull();
    act(() => client.hold({ notes: [aNote()] }));
    expect(screen.getByRole("button", { name: "Change this note" })).toBeTruthy();
  });

  it("L5: a note that somebody deletes under my hands leaves me what I typed, to be added anew", async () => {
    open();
    await user.click(screen.getByRole("button", { name: "Change this note" }));
    const box = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Note" });
    await user.type(box, " twice");
    act(() => client.tell("note_deleted", aNote()));
    expect(screen.getByRole("alert").textContent).toContain("deleted meanwhile");
    expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Note" }).value).toBe("Called back twice");
    await user.click(screen.getByRole("button", { name: "Add as a new note" }));
    expect(done("create_note").map(({ payload }) => payload)).toEqual([
      { resource: "calls", record_id: "c1", text: "Called back twice" },
    ]);
    await waitFor(() => expect(screen.queryByRole("textbox", { name: "Note" })).toBeNull());
  });
});
