import { expect, it } from "vitest";
import { aCall } from "./aCall";
import { ordering, readSort, SORT_AT_FIRST, type Sort, turned, withSort } from "./sorting";

const names = { person: (id: string) => ({ a: "Zoë", b: "Émile" })[id] ?? "", category: (id: string) => id };
const sorted = (sort: Sort, calls: readonly Parameters<typeof aCall>[0][]) =>
  calls
    .map(aCall)
    .sort(ordering(sort, names))
    .map((call) => call.number);

it("S2: the order stands in the address, the usual one unsaid", () => {
  expect(readSort(new URLSearchParams())).toEqual(SORT_AT_FIRST);
  expect(withSort(new URLSearchParams("sort=title"), SORT_AT_FIRST).toString()).toBe("");
  expect(readSort(withSort(new URLSearchParams(), { key: "due_at", down: false }))).toEqual({
    key: "due_at",
    down: false,
  });
  expect(readSort(new URLSearchParams("sort=-shoe_size"))).toEqual(SORT_AT_FIRST);
});

it("S2: what has no due date stands last, upwards and downwards", () => {
  const calls = [{ number: 1 }, { number: 2, due_at: "2026-11-22" }, { number: 3, due_at: "2026-11-21" }];
  expect(sorted({ key: "due_at", down: false }, calls)).toEqual([3, 2, 1]);
  expect(sorted({ key: "due_at", down: true }, calls)).toEqual([2, 3, 1]);
});

it("S2: urgent stands before low, and equal ones newest first", () => {
  const calls = [
    { number: 1, priority: "low" },
    { number: 2, priority: "urgent" },
    { number: 3, priority: "low" },
  ] as const;
  expect(sorted({ key: "priority", down: true }, calls)).toEqual([2, 3, 1]);
});

it("S2: people sort by their names as they are read, not by their ids", () => {
  const calls = [{ number: 1, assignee_id: "a" }, { number: 2, assignee_id: "b" }, { number: 3 }];
  expect(sorted({ key: "assignee", down: false }, calls)).toEqual([2, 1, 3]);
});

it("S2: a second click on a heading turns the order round", () => {
  expect(turned(SORT_AT_FIRST, "priority")).toEqual({ key: "priority", down: true });
  expect(turned({ key: "priority", down: true }, "priority")).toEqual({ key: "priority", down: false });
  expect(turned(SORT_AT_FIRST, "title")).toEqual({ key: "title", down: false });
});
