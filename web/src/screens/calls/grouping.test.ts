import { expect, it } from "vitest";
import { aCall } from "./aCall";
import { NO_FILTERS } from "./filters";
import { columnsOf, grouped } from "./grouping";

const calls = [aCall({ number: 1 }), aCall({ number: 2, status: "on_hold" }), aCall({ number: 3 })];

it("S2: calls stand in the column of their status, in the order given", () => {
  const columns = grouped(calls, ["new", "on_hold", "completed"]);
  expect(columns.map(({ status, calls }) => [status, calls.map((call) => call.number)])).toEqual([
    ["new", [1, 3]],
    ["on_hold", [2]],
    ["completed", []],
  ]);
});

it("U4: a column in which nothing changed keeps its very list", () => {
  const before = grouped(calls, ["new", "on_hold"]);
  const after = grouped([...calls, aCall({ number: 4, status: "on_hold" })], ["new", "on_hold"], before);
  expect(after[0]).toBe(before[0]);
  expect(after[1]).not.toBe(before[1]);
});

it("S2: closed and cancelled calls get a column when they are filtered for", () => {
  expect(columnsOf(NO_FILTERS)).not.toContain("closed");
  expect(columnsOf({ ...NO_FILTERS, statuses: ["closed", "cancelled"] })).toEqual(["closed", "cancelled"]);
});
