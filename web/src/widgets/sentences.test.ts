import { describe, expect, it } from "vitest";
import { aCall, aCategory, aCustomer, aService, aUser } from "@/realtime/react/sampleRecords";
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
