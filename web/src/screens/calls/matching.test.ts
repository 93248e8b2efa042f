import { expect, it } from "vitest";
import { aCall } from "./aCall";
import { type CallFilters, NO_FILTERS } from "./filters";
import { isOverdue, makeSearchText, matcher } from "./matching";

const now = Date.parse("2026-11-20T12:00:00.000Z");
const lets = (filters: Partial<CallFilters>, call: Parameters<typeof aCall>[0]) =>
  matcher({ ...NO_FILTERS, ...filters }, { me: "ana", now, textOf: makeSearchText() })(aCall(call));

it("S2: at first the board shows what is open and what is completed, not what is closed or cancelled", () => {
  expect(lets({}, { number: 1, status: "completed" })).toBe(true);
  expect(lets({}, { number: 1, status: "closed" })).toBe(false);
  expect(lets({ statuses: ["closed"] }, { number: 1, status: "closed" })).toBe(true);
  expect(lets({ statuses: ["closed"] }, { number: 1, status: "new" })).toBe(false);
});

it("S2: me and nobody are people to filter by", () => {
  expect(lets({ assignees: ["me"] }, { number: 1, assignee_id: "ana" })).toBe(true);
  expect(lets({ assignees: ["me"] }, { number: 1, assignee_id: "bo" })).toBe(false);
  expect(lets({ assignees: ["me"] }, { number: 1 })).toBe(false);
  expect(lets({ assignees: ["nobody", "bo"] }, { number: 1 })).toBe(true);
  expect(lets({ assignees: ["nobody", "bo"] }, { number: 1, assignee_id: "bo" })).toBe(true);
});

it("S2: words match any field, without case or accents, and all of them must", () => {
  const call = { number: 42, title: "Café printer JAMS", customer_name: "Łukasz Müller" };
  expect(lets({ text: "cafe jams" }, call)).toBe(true);
  expect(lets({ text: "muller" }, call)).toBe(true);
  expect(lets({ text: "C-0042" }, call)).toBe(true);
  expect(lets({ text: "cafe scanner" }, call)).toBe(false);
});

it("S2: a phone number matches in any grouping", () => {
  const call = { number: 1, customer_phone: "+49 (170) 555-01 99" };
  expect(lets({ text: "0170 5550199" }, { ...call, customer_phone: "0170/555 0199" })).toBe(true);
  expect(lets({ text: "49170-5550199" }, call)).toBe(true);
  expect(lets({ text: "170 5550 198" }, call)).toBe(false);
});

it("S2: overdue is what is open past its time", () => {
  const due_at = "2026-11-20T11:59:00.000Z";
  expect(lets({ overdue: true }, { number: 1, due_at })).toBe(true);
  expect(lets({ overdue: true }, { number: 1, due_at: "2026-11-20T12:01:00.000Z" })).toBe(false);
  expect(isOverdue(aCall({ number: 1, due_at, status: "completed" }), "2026-11-20T12:00:00.000Z")).toBe(false);
  expect(isOverdue(aCall({ number: 1 }), "2026-11-20T12:00:00.000Z")).toBe(false);
});

it("S2: the days of creation are the reader's own, both ends within", () => {
  const late = new Date("2026-11-18T23:30:00").toISOString();
  expect(lets({ from: "2026-11-18", to: "2026-11-18" }, { number: 1, created_at: late })).toBe(true);
  expect(lets({ from: "2026-11-19" }, { number: 1, created_at: late })).toBe(false);
  expect(lets({ to: "2026-11-17" }, { number: 1, created_at: late })).toBe(false);
});

it("S2: several filters must all agree", () => {
  const call = { number: 1, priority: "high", category_id: "net" } as const;
  expect(lets({ priorities: ["high"], categories: ["net"] }, call)).toBe(true);
  expect(lets({ priorities: ["high"], categories: ["none"] }, call)).toBe(false);
});
