import { describe, expect, it } from "vitest";
import type { Held } from "@/realtime";
import type { Activity } from "@/realtime/schema";
import { namesIn } from "@/widgets/useNames";
import { aboutOf, lineWords } from "./lineWords";

const held = {
  calls: new Map([["c1", { id: "c1", number: 1042, title: "No picture" }]]),
  services: new Map(),
  customers: new Map([["k1", { id: "k1", number: 4, name: "Café Meridian" }]]),
  users: new Map([["ana", { id: "ana", number: 2, display_name: "Ana" }]]),
  categories: new Map(),
  service_categories: new Map(),
  notes: new Map([["n1", { id: "n1", resource: "calls", record_id: "c1" }]]),
  former: new Map([["ben", "Ben"]]),
} as unknown as Held;
const names = namesIn(held);

const entry = (action: string, resource: string, id: string, changed: [string, unknown][] = []): Activity => ({
  cursor: "e.1", at: "2026-11-20T10:00:00.000Z", actor: { id: "ana", name: "Ana" }, action, resource, id,
  changed: changed.map(([field, now]) => ({ field, was: null, now })),
}); // biome-ignore format: one entry
const said = (of: Activity, along = false) => {
  const { before, about, after } = lineWords(of, names, aboutOf(of.resource as "calls", of.id, held), along);
  return `${before}[${about.name}${about.address ? ` ${about.address}` : ""}]${after}`;
};

describe("Lines of the journal", () => {
  it("name the record by its number, with its address", () => {
    expect(said(entry("complete_call", "calls", "c1", [["status", "completed"]]))).toBe(
      "completed [C-1042 /calls/1042]",
    );
    expect(said(entry("assign_call", "calls", "c1", [["assignee_id", "ben"]]))).toBe(
      "assigned [C-1042 /calls/1042] to Ben",
    );
  });

  it("name customers and people by their names", () => {
    expect(said(entry("create_customer", "customers", "k1"))).toBe("added [Café Meridian /customers/4]");
    expect(said(entry("deactivate_user", "users", "ana"))).toBe("deactivated [Ana /users/2]");
  });

  it("lead from a note to the record that it stands on", () => {
    expect(said(entry("create_note", "notes", "n1"))).toBe("added [a note on C-1042 /calls/1042]");
  });

  it("know what a call is about", () => {
    expect(aboutOf("calls", "c1", held).title).toBe("No picture");
    expect(aboutOf("customers", "k1", held).title).toBeUndefined();
  });

  it("have no address for what is gone", () => {
    expect(said(entry("delete_call", "calls", "gone"))).toBe("deleted [a call]");
  });

  it("never say of a record that it was deleted when it only moved along", () => {
    const moved = said(entry("delete_user", "calls", "c1", [["assignee_id", "ana"]]), true);
    expect(moved).not.toContain("deleted");
    expect(moved).toContain("C-1042");
    expect(moved).toContain("Ana");
  });

  it("say of a repair that a call was turned into where it came from", () => {
    expect(said(entry("convert_call", "services", "s9"), true)).toBe("made [a repair] out of a call");
  });

  it("say a new place in a list and a category's sign in words, never as they are stored", () => {
    expect(said(entry("update_category", "categories", "gone", [["sort_order", 50]]))).toBe(
      "moved [a call category] in the list",
    );
    const signed = said(entry("update_category", "categories", "gone", [["icon", "wifi"]]));
    expect(signed).toContain("Wireless");
    expect(signed).not.toContain("wifi");
  });
});
