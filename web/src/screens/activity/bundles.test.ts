import { describe, expect, it } from "vitest";
import type { Activity } from "@/realtime/schema";
import { bundlesOf, daysOf, localDay } from "./bundles";

let seq = 100;
const entry = (action: string, resource: string, at: string, actor = "ana"): Activity => {
  seq -= 1;
  return { cursor: `e.${seq}`, at, actor: { id: actor, name: actor }, action, resource, id: `r${seq}`, changed: [] };
};

describe("The journal in lines", () => {
  it("makes one line of what one act changed, headed by the record that it is about", () => {
    const at = "2026-11-20T10:00:00.000Z";
    const [bundle, ...rest] = bundlesOf([
      entry("delete_user", "calls", at),
      entry("delete_user", "users", at),
      entry("delete_user", "services", at),
    ]);
    expect(rest).toEqual([]);
    expect(bundle?.head.resource).toBe("users");
    expect(bundle?.along.map((one) => one.resource)).toEqual(["calls", "services"]);
  });

  it("heads an undo with the record that came back", () => {
    const at = "2026-11-20T10:00:00.000Z";
    const moved = { ...entry("undo", "calls", at), changed: [{ field: "assignee_id", was: null, now: "ana" }] };
    const [bundle] = bundlesOf([moved, entry("undo", "users", at)]);
    expect(bundle?.head.resource).toBe("users");
    expect(bundle?.along).toEqual([moved]);
  });

  it("keeps acts about several records apart, also at the same moment", () => {
    const at = "2026-11-20T10:00:00.000Z";
    const lines = bundlesOf([
      entry("delete_user", "users", at),
      entry("delete_user", "calls", at),
      entry("delete_user", "users", at),
      entry("create_customer", "customers", at),
      entry("create_customer", "customers", at),
    ]);
    expect(lines.map((line) => line.along.length)).toEqual([1, 0, 0, 0]);
  });

  it("keeps acts of different people, kinds and moments apart", () => {
    const at = "2026-11-20T10:00:00.000Z";
    const lines = bundlesOf([
      entry("close_call", "calls", at),
      entry("close_call", "calls", at, "ben"),
      entry("update_call", "calls", at, "ben"),
      entry("update_call", "calls", "2026-11-20T09:00:00.000Z", "ben"),
    ]);
    expect(lines).toHaveLength(4);
  });

  it("never loses an entry", () => {
    const entries = Array.from({ length: 30 }, (_, index) =>
      entry("close_call", "calls", `2026-11-20T10:00:0${Math.floor(index / 7)}.000Z`),
    );
    const told = bundlesOf(entries).flatMap((bundle) => [bundle.head, ...bundle.along]);
    expect(new Set(told)).toEqual(new Set(entries));
  });

  it("stands under the days as they are here", () => {
    const late = new Date(2026, 10, 20, 23, 30).toISOString();
    const early = new Date(2026, 10, 21, 0, 30).toISOString();
    const days = daysOf([entry("create_call", "calls", early), entry("create_call", "calls", late)]);
    expect(days.map((day) => day.day)).toEqual(["2026-11-21", "2026-11-20"]);
    expect(localDay(late)).toBe("2026-11-20");
    expect(daysOf([])).toEqual([]);
  });
});
