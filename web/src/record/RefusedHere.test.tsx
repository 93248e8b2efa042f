import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { type Entry, Refusal } from "@/realtime";
import { aCall } from "@/realtime/fixtures/sampleRecords";
import { fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import { RefusedHere } from "./RefusedHere";

const refusal = new Refusal({ code: "conflict", message: "Chiara changed the priority meanwhile.", retry: false });
const entry = (change: Partial<Entry> = {}): Entry => ({
  op_id: "1",
  command: "update_call",
  payload: { id: "c1", priority: "high", expected_version: 3 },
  at: Date.now(),
  state: "refused",
  refusal,
  ...change,
});

function show(...entries: Entry[]) {
  const client = fakeClient({ calls: [aCall({ id: "c1" })] });
  client.outbox.entries.setState(entries, true);
  renderWith(client, <RefusedHere plural="calls" id="c1" />);
  return client;
}

it("L4: the drawer says what of mine was refused, why, and what it would have set", () => {
  show(entry());
  const said = screen.getByRole("alert").textContent;
  expect(said).toContain("Not done: Change C-1042");
  expect(said).toContain("Chiara changed the priority meanwhile.");
  expect(said).toContain("PriorityHigh");
  expect(said).not.toContain("version");
});

it("L4: it can be set again, whatever the record has become meanwhile, or dropped", async () => {
  const client = show(entry());
  await userEvent.click(screen.getByRole("button", { name: "Set again" }));
  await userEvent.click(screen.getByRole("button", { name: "Drop" }));
  expect(client.done).toEqual([
    { what: "retry", payload: { op_id: "1", payload: { id: "c1", priority: "high" } } },
    { what: "drop", payload: { op_id: "1" } },
  ]);
});

it("L4: a refused note is shown at the record that it was for", () => {
  const payload = { id: "n9", resource: "calls", record_id: "c1", text: "Rang twice" };
  show(entry({ command: "create_note", payload }));
  expect(screen.getByRole("alert").textContent).toContain("Rang twice");
  expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
});

it("L4: nothing is said of what waits, or of other records", () => {
  show(entry({ state: "waiting" }), entry({ op_id: "2", payload: { id: "other" } }));
  expect(screen.queryByRole("alert")).toBeNull();
});
