// @vitest-environment node
import { describe, expect, test } from "vitest";
import { beginning, findCustomers } from "./customerSearch";

const customer = (name: string, phone: string | null = null, address: string | null = null) => ({
  id: name,
  tenant_id: "t",
  number: 1,
  version: 1,
  created_at: "T",
  created_by: "u",
  updated_at: "T",
  updated_by: "u",
  name,
  phone,
  email: null,
  address,
  notes: null,
  tags: [],
});

const held = [
  customer("Tomáš Kučera", "01632 960005"),
  customer("Café Meridian", "+44 1632 960011", "3 Mill Lane"),
  customer("Mill Lane Surgery", "01632 960022"),
  customer("مريم حداد", null),
];
const names = (query: string) => findCustomers(held, query).map((found) => found.name);

describe("finding a customer on the phone (U2)", () => {
  test("accents and case do not matter", () => {
    expect(names("tomas KUC")).toEqual(["Tomáš Kučera"]);
    expect(names("مريم")).toEqual(["مريم حداد"]);
  });

  test("digits match a phone in any grouping, with or without the country's code", () => {
    expect(names("01632-96 00 05")).toEqual(["Tomáš Kučera"]);
    expect(names("01632 960011")).toEqual(["Café Meridian"]);
    expect(names("960022")).toEqual(["Mill Lane Surgery"]);
  });

  test("a name that begins so comes before an address that has it", () => {
    expect(names("mill")).toEqual(["Mill Lane Surgery", "Café Meridian"]);
  });

  test("every word must be found, and nothing typed finds nothing", () => {
    expect(names("mill kucera")).toEqual([]);
    expect(names("  ")).toEqual([]);
  });

  test("what was typed becomes the name or the phone of a new customer", () => {
    expect(beginning(" Bo Li ")).toEqual({ name: "Bo Li", phone: "" });
    expect(beginning("+49 30 1234")).toEqual({ name: "", phone: "+49 30 1234" });
  });
});
