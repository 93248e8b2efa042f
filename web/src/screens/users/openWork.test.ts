import { describe, expect, it } from "vitest";
import type { Call, Service } from "@/realtime/schema";
import { lastChanges, loadOf, openWorkByPerson, workOf } from "./openWork";

const call = (status: Call["status"], assignee_id: string | null) => ({ status, assignee_id }) as Call;
const repair = (status: Service["status"], technician_id: string | null) => ({ status, technician_id }) as Service;

describe("What somebody has open (S4)", () => {
  const work = openWorkByPerson(
    [call("assigned", "ana"), call("on_hold", "ana"), call("completed", "ana"), call("new", null)],
    [repair("completed", "ana"), repair("delivered", "ana"), repair("cancelled", "ana"), repair("received", "ben")],
  );

  it("holds open calls, and repairs up to the day they are fetched", () => {
    expect(workOf(work, "ana").calls.map((one) => one.status)).toEqual(["assigned", "on_hold"]);
    expect(workOf(work, "ana").services.map((one) => one.status)).toEqual(["completed"]);
    expect(loadOf(workOf(work, "ana"))).toBe(3);
  });

  it("is nothing for who has nothing", () => {
    expect(loadOf(workOf(work, "carl"))).toBe(0);
    expect(work.size).toBe(2);
  });

  it("knows the last change of each across all kinds of records", () => {
    const found = lastChanges(
      [{ updated_by: "ana", updated_at: "2026-01-02" }],
      [
        { updated_by: "ana", updated_at: "2026-01-03" },
        { updated_by: "ana", updated_at: "2026-01-01" },
      ],
    );
    expect([...found]).toEqual([["ana", "2026-01-03"]]);
  });
});
