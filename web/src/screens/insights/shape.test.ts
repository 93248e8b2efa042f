import { describe, expect, it } from "vitest";
import { balance, countBy, mostFirst, perDay, rowsOf, steps } from "./shape";

describe("Figures made ready (S4)", () => {
  it("shows a row for each status, also where nothing is open", () => {
    const rows = rowsOf(
      new Map([
        ["new", 1],
        ["on_hold", 3],
      ]),
      ["new", "assigned", "on_hold"],
    );
    expect(rows).toEqual([
      { key: "new", count: 1, share: 0.25, length: 1 / 3 },
      { key: "assigned", count: 0, share: 0, length: 0 },
      { key: "on_hold", count: 3, share: 0.75, length: 1 },
    ]);
  });

  it("adds rows that nobody named, and divides nothing by nothing", () => {
    expect(rowsOf(new Map([["odd", 2]]), []).map((row) => row.key)).toEqual(["odd"]);
    expect(rowsOf(new Map(), ["new"])).toEqual([{ key: "new", count: 0, share: 0, length: 0 }]);
  });

  it("puts the most first and keeps equals in order", () => {
    const rows = rowsOf(
      new Map([
        ["a", 1],
        ["b", 5],
        ["c", 1],
      ]),
      ["a", "b", "c"],
    );
    expect(mostFirst(rows).map((row) => row.key)).toEqual(["b", "a", "c"]);
  });

  it("counts records without a value under the empty key", () => {
    const found = countBy([{ who: "ana" }, { who: null }, { who: "ana" }], (record) => record.who);
    expect([...found]).toEqual([
      ["ana", 2],
      ["", 1],
    ]);
  });

  it("shows weeks where days would not be told apart, and loses none of them", () => {
    const days = Array.from({ length: 90 }, (_, index) => ({ day: `d${index}`, created: 1, completed: 2 }));
    const weeks = steps(days, 31);
    expect(weeks).toHaveLength(13);
    expect(weeks[1]).toEqual({ day: "d7", created: 7, completed: 14 });
    expect(weeks.reduce((sum, week) => sum + week.created, 0)).toBe(90);
    expect(steps(days.slice(0, 31), 31)).toHaveLength(31);
  });

  it("says in words what became of the pile", () => {
    expect(balance(12, 10)).toBe("2 more came in than were completed.");
    expect(balance(10, 12)).toBe("2 more were completed than came in.");
    expect(balance(3, 3)).toBe("As many were completed as came in.");
  });

  it("says how many a day", () => {
    expect(perDay(160, 30)).toBe("5.3");
    expect(perDay(1234, 30)).toBe("41");
    expect(perDay(0, 0)).toBe("0");
  });
});
