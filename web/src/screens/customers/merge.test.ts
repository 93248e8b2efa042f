import { describe, expect, it } from "vitest";
import type { Customer } from "@/realtime/schema";
import { differences, takenOver } from "./merge";

const customer = (id: string, more: Partial<Customer>): Customer => ({
  id, tenant_id: "t", number: 1, version: 3, created_at: "", created_by: "", updated_at: "", updated_by: "",
  name: "Agnes Thorne", phone: null, email: null, address: null, notes: null, tags: [], ...more,
}); // biome-ignore format: a record reads better in few lines

const goes = customer("goes", { phone: "01632 960000", email: "a@example.org", tags: ["shop", "vip"] });
const stays = customer("stays", { email: "agnes@example.org", address: "4 Quay", tags: ["vip"] });

describe("Merging two customers (S4)", () => {
  it("takes over what only the one that goes says, and asks about what both say", () => {
    expect(differences(goes, stays).map(({ field, usual }) => [field, usual])).toEqual([
      ["phone", true],
      ["email", false],
      ["tags", true],
    ]);
  });

  it("has nothing to decide where the one that stays says it all", () => {
    expect(differences(customer("x", { tags: ["vip"] }), stays)).toEqual([]);
  });

  it("changes the chosen fields alone, and adds tags to those that are there", () => {
    expect(takenOver(goes, stays, new Set(["phone", "tags"]))).toEqual({
      id: "stays",
      expected_version: 3,
      phone: "01632 960000",
      tags: ["vip", "shop"],
    });
  });

  it("makes no change where nothing is chosen, or what is chosen does not differ", () => {
    expect(takenOver(goes, stays, new Set())).toBeNull();
    expect(takenOver(goes, stays, new Set(["name"]))).toBeNull();
  });
});
