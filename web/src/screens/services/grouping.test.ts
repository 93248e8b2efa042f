import { describe, expect, it } from "vitest";
import { aService } from "./fixtures";
import { grouped } from "./grouping";

describe("the columns of the board", () => {
  const one = aService({ id: "1", number: 1 });
  const two = aService({ id: "2", number: 2, promised_on: "2026-11-25" });
  const three = aService({ id: "3", number: 3, status: "in_repair" });

  it("hold each repair once, in order, and leave out what no column is shown for", () => {
    const columns = grouped([one, two, three, aService({ status: "delivered" })], ["received", "in_repair"]);
    expect(columns.map(({ services }) => services.map(({ number }) => number))).toEqual([[2, 1], [3]]);
  });

  it("keep their very list while nothing in them changes (U4)", () => {
    const before = grouped([one, two, three], ["received", "in_repair"]);
    const after = grouped([one, two, { ...three, version: 8 }], ["received", "in_repair"], before);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
  });
});
