import { describe, expect, it } from "vitest";
import {
  FIRST_SORTING,
  isFiltered,
  NO_FILTERS,
  readFilters,
  readLayout,
  readSorting,
  shownStatuses,
  withFilters,
  withLayout,
  withSorting,
} from "./filters";
import { COLUMNS } from "./stages";

const params = (text: string) => new URLSearchParams(text);

describe("filters in the address (S3)", () => {
  it("come back from the address as they were put into it", () => {
    const filters = {
      text: "laptop",
      statuses: ["received", "delivered"],
      technician: "me",
      category: "none",
      promised: "late",
    } as const;
    expect(readFilters(withFilters(params(""), filters))).toEqual(filters);
  });

  it("leave an address without filters clean, and what others keep there alone", () => {
    const before = params("new=call&q=old&technician=me");
    expect(withFilters(before, NO_FILTERS).toString()).toBe("new=call");
  });

  it("count what makes no sense as not said", () => {
    expect(readFilters(params("status=lost,received&promised=never"))).toEqual({
      ...NO_FILTERS,
      statuses: ["received"],
    });
    expect(readSorting(params("sort=colour"))).toEqual(FIRST_SORTING);
    expect(readLayout(params("view=heap"))).toBe("board");
  });

  it("keep the layout and the order of rows", () => {
    expect(readLayout(withLayout(params(""), "list"))).toBe("list");
    expect(withLayout(params("view=list"), "board").size).toBe(0);
    expect(readSorting(withSorting(params(""), { key: "received", down: true }))).toEqual({
      key: "received",
      down: true,
    });
    expect(withSorting(params("sort=-number"), FIRST_SORTING).size).toBe(0);
  });

  it("show what is in the house until a status is chosen", () => {
    expect(shownStatuses(NO_FILTERS)).toEqual(COLUMNS);
    expect(shownStatuses({ ...NO_FILTERS, statuses: ["delivered"] })).toEqual(["delivered"]);
    expect(isFiltered(NO_FILTERS)).toBe(false);
    expect(isFiltered({ ...NO_FILTERS, technician: "nobody" })).toBe(true);
  });
});
