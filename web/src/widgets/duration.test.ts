import { describe, expect, it } from "vitest";
import { dueWords, isOverdue } from "./Due";
import { fullDay, longDuration, shortDuration } from "./duration";

const MIN = 60_000;

describe("lengths of time (V3)", () => {
  it.each([
    [-5, "now"],
    [59_999, "now"],
    [4 * MIN, "4 min"],
    [119 * MIN, "1 h"],
    [25 * 60 * MIN, "1 d"],
    [80 * 24 * 60 * MIN, "80 d"],
    [729 * 24 * 60 * MIN, "729 d"],
    [5266 * 24 * 60 * MIN, "14 y"],
  ])("%i ms is %s", (ms, words) => {
    expect(shortDuration(ms)).toBe(words);
  });

  it.each([
    [45, "45 s"],
    [720, "12 min"],
    [12_000, "3 h 20 min"],
    [7_200, "2 h"],
    [187_200, "2 d 4 h"],
  ])("%i s in figures is %s", (seconds, words) => {
    expect(longDuration(seconds)).toBe(words);
  });

  it("a day stays that day wherever the reader is", () => {
    expect(fullDay("2026-11-20")).toBe("Fri, 20 Nov 2026");
  });
});

describe("due times (V3)", () => {
  const now = new Date(2026, 10, 20, 12).getTime();
  const inMinutes = (n: number) => new Date(now + n * MIN).toISOString();

  it.each([
    [inMinutes(600), "due in 10 h", "later"],
    [inMinutes(45), "due in 45 min", "soon"],
    [inMinutes(0.5), "due now", "soon"],
    [inMinutes(-0.5), "overdue", "overdue"],
    [inMinutes(-190), "overdue 3 h", "overdue"],
    ["2026-11-20", "due today", "soon"],
    ["2026-11-23", "due in 3 d", "later"],
    ["2026-11-18", "overdue 1 d", "overdue"],
  ])("%s: %s", (at, words, when) => {
    expect(dueWords(at, now)).toEqual({ words, when });
  });

  it("a promised day is late only when it is over", () => {
    expect(isOverdue("2026-11-20", now)).toBe(false);
    expect(isOverdue("2026-11-19", now)).toBe(true);
    expect(isOverdue(null, now)).toBe(false);
  });
});
