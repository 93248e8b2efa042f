import { expect, it } from "vitest";
import { readFilters } from "../calls/filters";
import { boardAddress } from "./boardAddress";

const filters = (address: string) => readFilters(new URL(address, "http://board.example").searchParams);

it("A row of the figures leads to the calls that it counts", () => {
  expect(filters(boardAddress("status", "on_hold")).statuses).toEqual(["on_hold"]);
  const category = filters(boardAddress("category", "c1"));
  expect(category.categories).toEqual(["c1"]);
  expect(category.statuses).toEqual(["new", "assigned", "in_progress", "on_hold"]);
});

it("The rows of calls without category or engineer lead to those", () => {
  expect(filters(boardAddress("category", "")).categories).toEqual(["none"]);
  expect(filters(boardAddress("assignee", "")).assignees).toEqual(["nobody"]);
});
