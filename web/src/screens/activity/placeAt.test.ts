import { describe, expect, it } from "vitest";
import type { Activity } from "@/realtime/schema";
import { placeAt } from "./placeAt";

function journal(times: readonly number[], floor = 0) {
  const entries = times.map(
    (at, index): Activity => ({
      cursor: `epoch.${index + 1}`,
      at: new Date(at * 60_000).toISOString(),
      actor: { id: "a", name: "a" },
      action: "update_call",
      resource: "calls",
      id: "r",
      changed: [],
    }),
  );
  let asked = 0;
  const below = (cursor: string | null) => (cursor === null ? Infinity : Number(cursor.split(".")[1]));
  const readable = (cursor: string | null) =>
    entries.filter((_, index) => index >= floor && index + 1 < below(cursor)).reverse();
  return {
    before: async (cursor: string | null) => {
      asked += 1;
      return readable(cursor)[0] ?? null;
    },
    from: (cursor: string | null) => readable(cursor)[0]?.at ?? null,
    asked: () => asked,
  };
}
const minute = (at: number) => new Date(at * 60_000).toISOString();

describe("The place of a day in the journal", () => {
  it("is right for every moment, also between entries, among equal ones and beyond both ends", async () => {
    const times = [3, 5, 5, 5, 8, 9, 9, 12];
    for (let moment = 0; moment <= 14; moment += 1) {
      const book = journal(times);
      const expected = times.filter((at) => at < moment).at(-1);
      expect(book.from(await placeAt(minute(moment), book.before))).toBe(
        expected === undefined ? null : minute(expected),
      );
    }
  });

  it("is found where the oldest entries are gone", async () => {
    const book = journal([1, 2, 3, 4, 5, 6], 3);
    expect(book.from(await placeAt(minute(6), book.before))).toBe(minute(5));
    expect(book.from(await placeAt(minute(2), book.before))).toBeNull();
  });

  it("is the end of an empty journal", async () => {
    expect(await placeAt(minute(1), journal([]).before)).toBeNull();
  });

  it("asks little: under twenty questions for ten thousand entries", async () => {
    const book = journal(Array.from({ length: 10_000 }, (_, index) => index));
    expect(book.from(await placeAt(minute(1234), book.before))).toBe(minute(1233));
    expect(book.asked()).toBeLessThan(20);
  });
});
