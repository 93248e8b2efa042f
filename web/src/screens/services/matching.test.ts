import { describe, expect, it } from "vitest";
import { NO_FILTERS, type ServiceFilters } from "./filters";
import { aService } from "./fixtures";
import { isLate, makeTextOf, matcher, statusTest } from "./matching";

const asking = { me: "me-id", today: "2026-11-20", read: makeTextOf() };
const matches = (filters: Partial<ServiceFilters>, fields: Parameters<typeof aService>[0] = {}) =>
  matcher({ ...NO_FILTERS, ...filters }, asking)(aService(fields));

describe("which repairs a filter lets through", () => {
  it("finds words in any field, without case and accents", () => {
    expect(matches({ text: "muller lenovo" })).toBe(true);
    expect(matches({ text: "ZOE start" })).toBe(true);
    expect(matches({ text: "muller dell" })).toBe(false);
  });

  it("finds the number, the telephone in any grouping, the serial and the tracking code in groups", () => {
    expect(matches({ text: "S-0042" })).toBe(true);
    expect(matches({ text: "040 1234567" })).toBe(false);
    expect(matches({ text: "40-123-45-67" })).toBe(true);
    expect(matches({ text: "pf-1x" })).toBe(true);
    expect(matches({ text: "txz7-gaxt-qdqt" })).toBe(true);
  });

  it("knows mine, nobody's and another's", () => {
    expect(matches({ technician: "me" }, { technician_id: "me-id" })).toBe(true);
    expect(matches({ technician: "me" })).toBe(false);
    expect(matches({ technician: "nobody" })).toBe(true);
    expect(matches({ technician: "x" }, { technician_id: "x" })).toBe(true);
    expect(matches({ category: "none" })).toBe(true);
    expect(matches({ category: "c" }, { category_id: "d" })).toBe(false);
  });

  it("knows what is late, for today, within a week and without a promise", () => {
    expect(matches({ promised: "late" }, { promised_on: "2026-11-19" })).toBe(true);
    expect(matches({ promised: "late" }, { promised_on: "2026-11-20" })).toBe(false);
    expect(matches({ promised: "late" }, { promised_on: "2026-11-19", status: "completed" })).toBe(false);
    expect(matches({ promised: "today" }, { promised_on: "2026-11-20" })).toBe(true);
    expect(matches({ promised: "week" }, { promised_on: "2026-11-26" })).toBe(true);
    expect(matches({ promised: "week" }, { promised_on: "2026-11-27" })).toBe(false);
    expect(matches({ promised: "none" })).toBe(true);
    expect(isLate(aService({ promised_on: "2026-11-01" }), "2026-11-20")).toBe(true);
  });

  it("hides what was handed back until it is asked for", () => {
    expect(statusTest(NO_FILTERS)(aService({ status: "delivered" }))).toBe(false);
    expect(statusTest({ ...NO_FILTERS, statuses: ["delivered"] })(aService({ status: "delivered" }))).toBe(true);
  });
});
