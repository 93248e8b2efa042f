import { describe, expect, it } from "vitest";
import { daysIn, lastDays, rangeOf, withRange } from "./range";

const now = Date.parse("2026-11-20T09:00:00.000Z");
const read = (query: string) => rangeOf(new URLSearchParams(query), now);

describe("The period of the figures", () => {
  it("is the last thirty days where nothing is said, today included", () => {
    expect(read("")).toEqual({ from: "2026-10-22", to: "2026-11-20", preset: 30 });
    expect(daysIn("2026-10-22", "2026-11-20")).toBe(30);
  });

  it("comes back from its address as it was", () => {
    const query = new URLSearchParams("new=call");
    expect(rangeOf(withRange(query, 7), now)).toEqual(lastDays(7, now));
    const custom = withRange(withRange(query, 7), { from: "2026-01-01", to: "2026-02-01" });
    expect(rangeOf(custom, now)).toEqual({ from: "2026-01-01", to: "2026-02-01", preset: null });
    expect(custom.get("new")).toBe("call");
  });

  it.each([
    "days=12",
    "from=2026-02-01&to=2026-01-01",
    "from=2020-01-01&to=2026-01-01",
    "from=x&to=y",
    "from=2026-01-01",
  ])("falls back to the usual one where %s makes no sense", (query) => expect(read(query)).toEqual(lastDays(30, now)));
});
