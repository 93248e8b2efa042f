import { expect, it } from "vitest";
import { type CallFilters, filterCount, NO_FILTERS, readFilters, spelled, withFilters } from "./filters";

const everything: CallFilters = {
  text: "fan noise",
  statuses: ["new", "on_hold"],
  assignees: ["me", "nobody", "u-1"],
  categories: ["c-1", "none"],
  priorities: ["urgent"],
  overdue: true,
  from: "2026-11-01",
  to: "2026-11-20",
};

it("S2: every filter survives the way into the address and back", () => {
  const read = readFilters(new URLSearchParams(withFilters(new URLSearchParams(), everything).toString()));
  expect(read).toEqual({ ...everything, categories: ["c-1", "none"], assignees: ["me", "nobody", "u-1"] });
});

it("S2: an address without filters stays bare, and what others keep in it stays", () => {
  expect(withFilters(new URLSearchParams("q=old&new=call&sort=title"), NO_FILTERS).toString()).toBe(
    "new=call&sort=title",
  );
});

it("S2: what makes no sense in an address counts as not said", () => {
  const read = readFilters(
    new URLSearchParams("status=new,melted&priority=huge&from=yesterday&to=2026-13-40&overdue=1"),
  );
  expect(read).toEqual({ ...NO_FILTERS, statuses: ["new"] });
});

it("S2: filters that mean the same are spelled the same, whatever the order in which they were chosen", () => {
  const turned: CallFilters = { ...everything, statuses: ["on_hold", "new"], assignees: ["u-1", "me", "nobody"] };
  expect(spelled(turned)).toBe(spelled(everything));
  expect(spelled({ ...everything, overdue: false })).not.toBe(spelled(everything));
});

it("counts what is filtered by, the words and the days as one each", () => {
  expect(filterCount(NO_FILTERS)).toBe(0);
  expect(filterCount(everything)).toBe(6);
  expect(filterCount({ ...NO_FILTERS, text: "fan" })).toBe(0);
});
