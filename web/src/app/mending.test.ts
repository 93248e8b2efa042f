import { describe, expect, it } from "vitest";
import { type Entry, nothingHeld, Refusal } from "@/realtime";
import { aCall, aUser } from "@/realtime/fixtures/sampleRecords";
import { fakeClient } from "@/realtime/react/fakeClient";
import { dropMended, mendingPlace } from "./mending";

const refusal = new Refusal({ code: "refused", message: "No.", retry: false });
const entry = (command: string, payload: Record<string, unknown>, op_id = "op"): Entry =>
  ({ op_id, command, payload, at: 0, state: "refused", refusal }) as Entry;
const note = { id: "n1", resource: "calls", record_id: "c1" };
const held = {
  ...nothingHeld(),
  calls: new Map([["c1", aCall({ id: "c1", number: 1042 })]]),
  users: new Map([["u1", aUser({ id: "u1", number: 7 })]]),
  notes: new Map([["n1", note as never]]),
};

describe("where a refused command is mended (L4)", () => {
  it.each([
    ["create_call", { id: "new" }, { form: "call" }],
    ["create_service", { id: "new" }, { form: "service" }],
    ["create_customer", { id: "new" }, { form: "customer" }],
    ["assign_call", { id: "c1" }, { path: "/calls/1042" }],
    ["set_role", { id: "u1" }, { path: "/users/7" }],
    ["create_note", { id: "new", resource: "calls", record_id: "c1" }, { path: "/calls/1042" }],
    ["update_note", { id: "n1" }, { path: "/calls/1042" }],
  ])("%s", (command, payload, place) => {
    expect(mendingPlace(entry(command, payload), held)).toEqual(place);
  });

  it("is nowhere for a record that is gone, or one without a drawer", () => {
    expect(mendingPlace(entry("assign_call", { id: "gone" }), held)).toBeNull();
    expect(mendingPlace(entry("update_category", { id: "k1" }), held)).toBeNull();
  });

  it("what was sent anew leaves the outbox, and nothing else does", () => {
    const client = fakeClient();
    const waiting = { ...entry("create_call", { id: "new" }, "3"), state: "waiting" as const };
    client.outbox.entries.setState(
      [entry("create_call", { id: "new" }, "1"), entry("assign_call", { id: "new" }, "2"), waiting],
      true,
    );
    dropMended(client, [{ command: "create_call", id: "new" }]);
    expect(client.done).toEqual([{ what: "drop", payload: { op_id: "1" } }]);
  });
});
