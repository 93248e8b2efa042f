import { describe, expect, it } from "vitest";
import type { Customer } from "@/realtime/schema";
import { makeCustomerSearch } from "./searchCustomers";

const customer = (name: string, more: Partial<Customer> = {}): Customer => ({
  id: name, tenant_id: "t", number: 1, version: 1, created_at: "", created_by: "", updated_at: "", updated_by: "",
  name, phone: null, email: null, address: null, notes: null, tags: [], ...more,
}); // biome-ignore format: a record reads better in few lines

const team = [
  customer("Café Meridian", { phone: "01632 960-001", tags: ["contract"], number: 12 }),
  customer("Ömer Yıldız", { phone: "+90 (532) 123 45 67", email: "omer@example.org" }),
  customer("محمد العلي", { address: "Harbour Street 4" }),
];
const found = (words: string) => {
  const matches = makeCustomerSearch()(words);
  return matches === null ? null : team.filter(matches).map((one) => one.name);
};

describe("Search of customers (U2)", () => {
  it("asks nothing where nothing is typed", () => expect(found("  ")).toBeNull());
  it("finds a name without its case and accents", () => {
    expect(found("cafe MERI")).toEqual(["Café Meridian"]);
    expect(found("omer")).toEqual(["Ömer Yıldız"]);
  });
  it("finds names of other scripts", () => expect(found("محمد")).toEqual(["محمد العلي"]));
  it("finds a phone number by its digits in any grouping", () => {
    expect(found("01632960001")).toEqual(["Café Meridian"]);
    expect(found("532-1234")).toEqual(["Ömer Yıldız"]);
  });
  it("finds by e-mail, address, tag and number", () => {
    expect(found("omer@")).toEqual(["Ömer Yıldız"]);
    expect(found("harbour")).toEqual(["محمد العلي"]);
    expect(found("contract")).toEqual(["Café Meridian"]);
    expect(found("12")).toEqual(["Café Meridian", "Ömer Yıldız"]);
  });
  it("wants every word", () => expect(found("cafe omer")).toEqual([]));
  it("sees a record that was changed since", () => {
    const search = makeCustomerSearch();
    expect(search("new name")?.(customer("Old name"))).toBe(false);
    expect(search("new name")?.(customer("New name"))).toBe(true);
  });
});
