import { describe, expect, it } from "vitest";
import { aCall, aCategory, aCustomer, aService, aUser } from "@/realtime/fixtures/sampleRecords";
import { changeSentence, doneSentence, type Names } from "./sentences";
import { namesIn } from "./useNames";

const mapOf = <R extends { id: string }>(...records: R[]) => new Map(records.map((record) => [record.id, record]));
const names: Names = namesIn({
  users: mapOf(aUser()),
  former: new Map([["gone", "Dmitri"]]),
  calls: mapOf(aCall()),
  services: mapOf(aService()),
  customers: mapOf(aCustomer()),
  categories: mapOf(aCategory()),
  service_categories: new Map(),
  notes: new Map(),
});
const changed = (field: string, now: unknown) => ({ field, was: null, now });
const said = (action: string, ...changes: { field: string; was: unknown; now: unknown }[]) =>
  changeSentence({ action, resource: "calls", actor: { name: "Ana" }, changed: changes }, names);

describe("what happened, in a sentence (S2, V6)", () => {
  it.each([
    ["assign_call", [changed("assignee_id", "u1"), changed("status", "assigned")], "Ana assigned it to Chiara Rossi"],
    ["assign_call", [changed("assignee_id", "gone")], "Ana assigned it to Dmitri"],
    ["claim_call", [changed("assignee_id", "me")], "Ana took it"],
    ["hold_call", [changed("status_reason", "waiting_parts")], "Ana put it on hold: Waiting for parts"],
    ["release_call", [changed("status_reason", "Ill today")], "Ana gave it back: Ill today"],
    ["complete_call", [changed("resolution", "New valve"), changed("completed_at", "x")], "Ana completed it"],
    ["create_call", [], "Ana added the call"],
    ["convert_call", [changed("service_id", "s1")], "Ana made a repair of it"],
  ])("%s", (action, changes, sentence) => {
    expect(said(action, ...changes)).toBe(sentence);
  });

  it("names what was changed and to what, and what was removed", () => {
    expect(said("update_call", changed("priority", "high"), changed("category_id", "k1"))).toBe(
      "Ana changed priority to High, category to Heating",
    );
    expect(said("update_call", changed("customer_phone", null))).toBe("Ana removed phone");
    expect(said("update_call", changed("title", "Leak"), changed("due_at", null))).toBe(
      "Ana changed title to Leak and removed due time",
    );
  });

  it.each([
    [
      "delete_user",
      "calls",
      { field: "assignee_id", was: "gone", now: "u1" },
      "moved it from Dmitri, who left, to Chiara Rossi",
    ],
    [
      "deactivate_user",
      "services",
      { field: "technician_id", was: "gone", now: null },
      "took it from Dmitri, who was deactivated",
    ],
    [
      "delete_category",
      "calls",
      { field: "category_id", was: "old", now: "k1" },
      "moved it to Heating, as its category was deleted",
    ],
    ["merge_customer", "calls", { field: "customer_id", was: "old", now: "m1" }, "merged its customer into Bea Ortiz"],
  ])("says what became of a record that only moved with another: %s", (action, resource, change, deed) => {
    expect(changeSentence({ action, resource, actor: { name: "Ana" }, changed: [change] }, names)).toBe(`Ana ${deed}`);
  });

  it("does not call a record deleted or turned into a repair that was neither", () => {
    const made = { action: "convert_call", resource: "services", actor: { name: "Ana" }, changed: [] };
    expect(changeSentence(made, names)).toBe("Ana made the repair out of a call");
    const gone = { action: "delete_user", resource: "calls", changed: ["assignee_id", "status"] };
    expect(changeSentence(gone, names, "C-1042")).toBe("Changed engineer, status of C-1042");
    const note = { action: "delete_call", resource: "notes", actor: { name: "Ana" }, changed: [] };
    expect(changeSentence(note, names)).toBe("Ana deleted the note");
  });

  it("does not repeat long texts", () => {
    expect(said("update_call", changed("description", "line\nline"))).toBe("Ana changed description");
  });

  it("calls a repair moved what it was moved to", () => {
    const advance = { action: "advance_service", resource: "services", changed: [changed("status", "in_repair")] };
    expect(changeSentence(advance, names)).toBe("Moved it to In repair");
    expect(changeSentence(advance, names, "S-0317")).toBe("Moved S-0317 to In repair");
  });

  it("takes an event's meta, which names only the fields", () => {
    const meta = { action: "update_call", resource: "calls", actor: { name: "Bea" }, changed: ["priority", "title"] };
    expect(changeSentence(meta)).toBe("Bea changed priority, title");
  });
});

describe("what one did oneself (U5)", () => {
  it("names the record by its number or its name", () => {
    expect(doneSentence("assign_call", aCall())).toBe("C-1042 assigned.");
    expect(doneSentence("deliver_service", aService())).toBe("S-0317 handed out.");
    expect(doneSentence("update_customer", aCustomer())).toBe("Bea Ortiz changed.");
  });

  it("does without a record that one may not read", () => {
    expect(doneSentence("delete_call", null)).toBe("Call deleted.");
    expect(doneSentence("set_role", aUser())).toBe("Change role: done.");
  });
});
