import { expect, it } from "vitest";
import type { Customer } from "@/realtime/schema";
import { alike } from "./alike";

const known = [
  { name: "Agnès Thorne", phone: "01632 960-000" },
  { name: "Harbour Books", phone: null },
  { name: "Short", phone: "112" },
] as Customer[];
const names = (name: string, phone: string) => alike(known, name, phone).map((one) => one.name);

it("A customer is known by name but for case and accents", () => {
  expect(names("agnes THORNE ", "")).toEqual(["Agnès Thorne"]);
  expect(names("agnes", "")).toEqual([]);
});

it("A customer is known by phone in any grouping, with or without the country", () => {
  expect(names("", "01632960000")).toEqual(["Agnès Thorne"]);
  expect(names("", "+44 1632 960 000")).toEqual(["Agnès Thorne"]);
  expect(names("", "01632 960 001")).toEqual([]);
});

it("Nobody is known by nothing, or by a number too short to mean anybody", () => {
  expect(names("", "")).toEqual([]);
  expect(names("", "112")).toEqual([]);
});
