import { describe, expect, it } from "vitest";
import type { Call, Note, Service } from "@/realtime/schema";
import { belongingsOf, historyOf, isOpen, standings } from "./history";

const call = (number: number, status: Call["status"], created_at: string, customer_id: string | null = "c") =>
  ({ id: `call${number}`, number, status, created_at, customer_id }) as Call;
const repair = (number: number, status: Service["status"], received_at: string, customer_id: string | null = "c") =>
  ({ id: `repair${number}`, number, status, received_at, customer_id }) as Service;

const calls = [call(1, "closed", "2026-01-01"), call(2, "new", "2026-03-01"), call(3, "new", "2026-04-01", "other")];
const repairs = [
  repair(1, "completed", "2026-02-01"),
  repair(2, "delivered", "2026-05-01"),
  repair(3, "received", "2026-05-02", null),
];

describe("History of a customer (S4)", () => {
  it("holds his calls and repairs in one row, the newest first", () => {
    expect(historyOf("c", calls, repairs).map((visit) => visit.record.id)).toEqual([
      "repair2",
      "call2",
      "repair1",
      "call1",
    ]);
  });

  it("counts a repair that waits to be fetched as open, a completed call not", () => {
    expect(
      historyOf("c", calls, repairs)
        .filter(isOpen)
        .map((visit) => visit.record.id),
    ).toEqual(["call2", "repair1"]);
    expect(isOpen({ kind: "calls", at: "", record: call(9, "completed", "") })).toBe(false);
  });

  it("knows in one pass how much stands with whom", () => {
    const found = standings(calls, repairs);
    expect(found.get("c")).toEqual({ calls: 2, services: 2, open: 2, last: "2026-05-01" });
    expect(found.get("other")).toEqual({ calls: 1, services: 0, open: 1, last: "2026-04-01" });
    expect(found.size).toBe(2);
  });

  it("counts what a merge moves, closed and old records and notes too", () => {
    const notes = [{ record_id: "c" }, { record_id: "c" }, { record_id: "call1" }] as Note[];
    expect(belongingsOf("c", calls, repairs, notes)).toEqual({ calls: 2, services: 2, notes: 2 });
  });
});
