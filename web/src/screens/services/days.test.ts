import { describe, expect, it } from "vitest";
import { dayOf, daysAfter, daysBetween, sayDay } from "./days";

const today = "2026-11-20";

describe("days that devices are promised for", () => {
  it("are counted over the end of a month and of summer time", () => {
    expect(daysAfter("2026-10-24", 2)).toBe("2026-10-26");
    expect(daysAfter("2026-12-31", 1)).toBe("2027-01-01");
    expect(daysBetween("2026-10-24", "2026-10-26")).toBe(2);
    expect(daysBetween("2026-11-20", "2026-11-18")).toBe(-2);
  });

  it("begin and end at midnight here", () => {
    expect(dayOf(new Date(2026, 0, 5, 0, 0))).toBe("2026-01-05");
    expect(dayOf(new Date(2026, 0, 5, 23, 59))).toBe("2026-01-05");
  });

  it("are said shortly, with the year where it is another one", () => {
    expect(sayDay("2026-12-25", today)).toBe("25 Dec");
    expect(sayDay("2027-01-05", today)).toBe("5 Jan 2027");
    expect(sayDay("2026-11-27", today, true)).toBe("Fri 27 Nov");
  });
});
