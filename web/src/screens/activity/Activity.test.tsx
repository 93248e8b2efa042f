import { act, fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Activity as Entry } from "@/realtime";
import { aCall, aUser } from "@/realtime/fixtures/sampleRecords";
import { type FakeClient, fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import Activity from "./Activity";

vi.setConfig({ testTimeout: 20_000 });
const call = aCall({ id: "c1", number: 1042 });
const entry = (seq: number, action = "start_call"): Entry => ({
  cursor: `e.${seq}`,
  at: `2026-11-20T09:0${seq}:00.000Z`,
  actor: { id: "me", name: `Ana ${seq}` },
  action,
  resource: "calls",
  id: "c1",
  changed: [{ field: "status", was: "assigned", now: "in_progress" }],
});

let client: FakeClient;
async function open(address = "/activity") {
  renderWith(
    client,
    <MemoryRouter initialEntries={[address]}>
      <Activity />
    </MemoryRouter>,
  );
  await screen.findByText("Ana 7");
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });
  client = fakeClient({ calls: [call], users: [aUser({ id: "me", display_name: "Ana" })] });
  client.answer("activity", { items: [entry(7)], next: "e.7" });
});
afterEach(() => vi.useRealTimers());

describe("Activity (S4)", () => {
  it("says who did what with a link to the record, and what it was before", async () => {
    await open();
    expect(screen.getByRole("link", { name: "C-1042" }).getAttribute("href")).toBe("/calls/1042");
    await userEvent.click(screen.getByRole("button", { name: "Details" }));
    expect(screen.getByRole("row", { name: "status Assigned In progress" })).toBeTruthy();
  });

  it("goes on with older entries where the last page ended", async () => {
    await open();
    client.answer("activity", { items: [entry(6)], next: null });
    await userEvent.click(screen.getByRole("button", { name: "Older" }));
    expect(await screen.findByText("Ana 6")).toBeTruthy();
    expect(client.done.filter(({ what }) => what === "activity").at(-1)?.payload).toMatchObject({ after: "e.7" });
    expect(screen.queryByRole("button", { name: "Older" })).toBeNull();
  });

  it("shows what comes at once while nobody reads (V4)", async () => {
    await open();
    client.answer("activity", { items: [entry(8), entry(7)], next: "e.7" });
    act(() => client.tell("call_updated", call));
    await act(() => vi.advanceTimersByTimeAsync(1_000));
    expect(screen.getByText("Ana 8")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /new$/u })).toBeNull();
  });

  it("holds it back behind a button while somebody reads, and moves nothing (V4)", async () => {
    await open();
    screen.getByRole("button", { name: "Details" }).focus();
    client.answer("activity", { items: [entry(8), entry(7)], next: "e.7" });
    act(() => client.tell("call_updated", call));
    act(() => client.tell("call_updated", call));
    await act(() => vi.advanceTimersByTimeAsync(1_000));
    expect(screen.queryByText("Ana 8")).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "2 new" }));
    expect(await screen.findByText("Ana 8")).toBeTruthy();
  });

  it("counts nothing that the filter leaves out", async () => {
    await open("/activity?kind=customers");
    screen.getByRole("button", { name: "Details" }).focus();
    act(() => client.tell("call_updated", call));
    await act(() => vi.advanceTimersByTimeAsync(1_000));
    expect(screen.queryByRole("button", { name: /new$/u })).toBeNull();
  });

  it("says so when the journal cannot be fetched, and tries again", async () => {
    client.answer("activity", new Error("gone"));
    renderWith(
      client,
      <MemoryRouter>
        <Activity />
      </MemoryRouter>,
    );
    const again = await screen.findByRole("button", { name: "Try again" });
    client.answer("activity", { items: [entry(7)], next: null });
    fireEvent.click(again);
    expect(await screen.findByText("Ana 7")).toBeTruthy();
  });
});
