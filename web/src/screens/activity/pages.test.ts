import { describe, expect, it } from "vitest";
import type { Activity } from "@/realtime/schema";
import { cutAt, type Page, withNewer, withOlder } from "./pages";

const entry = (seq: number): Activity => ({
  cursor: `e.${seq}`,
  at: new Date(seq * 1000).toISOString(),
  actor: { id: "a", name: "a" },
  action: "update_call",
  resource: "calls",
  id: "r",
  changed: [],
});
const page = (from: number, to: number, next: boolean): Page => ({
  items: Array.from({ length: from - to + 1 }, (_, index) => entry(from - index)),
  next: next ? `e.${to}` : null,
});
const seqs = ({ items }: Page) => items.map((item) => Number(item.cursor.slice(2)));

describe("Pages of the journal", () => {
  it("go on below what is there", () => {
    const journal = withOlder(page(9, 6, true), page(5, 3, false));
    expect(seqs(journal)).toEqual([9, 8, 7, 6, 5, 4, 3]);
    expect(journal.next).toBeNull();
  });

  it("show what is newer on top, each entry once, and go on below as before", () => {
    const journal = withNewer(page(9, 6, true), page(11, 8, true));
    expect(seqs(journal)).toEqual([11, 10, 9, 8, 7, 6]);
    expect(journal.next).toBe("e.6");
  });

  it("begin anew where the newest page does not reach down to what is there", () => {
    const journal = withNewer(page(9, 6, true), page(30, 20, true));
    expect(seqs(journal)).toEqual(seqs(page(30, 20, true)));
    expect(journal.next).toBe("e.20");
  });

  it("keep what is there where the newest page just touches it", () => {
    const filtered: Page = { items: [entry(20), entry(15)], next: "e.9" };
    expect(seqs(withNewer(page(9, 6, true), filtered))).toEqual([20, 15, 9, 8, 7, 6]);
  });

  it("fill an empty journal", () => {
    expect(withNewer({ items: [], next: null }, page(3, 1, false))).toEqual(page(3, 1, false));
  });

  it("end at a moment", () => {
    const cut = cutAt(page(9, 1, true), entry(5).at);
    expect(seqs(cut)).toEqual([9, 8, 7, 6, 5]);
    expect(cut.next).toBeNull();
    expect(cutAt(page(9, 7, true), entry(5).at).next).toBe("e.7");
    expect(cutAt(page(9, 7, true), null)).toEqual(page(9, 7, true));
  });
});
