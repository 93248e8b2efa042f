import { expect, it } from "vitest";
import type { Customer } from "@/realtime/schema";
import type { Standing } from "./history";
import { inOrder, sortOf } from "./sorting";

const customers = ["Zoe", "ärzte 10", "Ärzte 9", "adam"].map(
  (name, number) => ({ id: name, name, number }) as Customer,
);
const standing = new Map<string, Standing>([
  ["Zoe", { calls: 1, services: 0, open: 1, last: "2026-01-01" }],
  ["adam", { calls: 3, services: 0, open: 3, last: "2025-01-01" }],
]);
const names = (sort: Parameters<typeof inOrder>[1]) => inOrder(customers, sort, standing).map((one) => one.name);

it("Customers stand by name as people sort names: without case or accents, numbers by their size", () => {
  expect(names("name")).toEqual(["adam", "Ärzte 9", "ärzte 10", "Zoe"]);
});

it("Customers stand by their last visit, or by what is open, and by name where that is the same", () => {
  expect(names("last")).toEqual(["Zoe", "adam", "Ärzte 9", "ärzte 10"]);
  expect(names("open")).toEqual(["adam", "Zoe", "Ärzte 9", "ärzte 10"]);
});

it("An order that an address cannot mean is by name", () => {
  expect(sortOf("price")).toBe("name");
  expect(sortOf("open")).toBe("open");
});
