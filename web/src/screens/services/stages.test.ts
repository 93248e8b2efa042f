import { describe, expect, it } from "vitest";
import { commandOf, isAtWork, isOpen, moveTo, nextStages, STATUSES } from "./stages";

describe("where a repair can go (DOMAIN: service)", () => {
  it("goes on to the stages of the table and to no other", () => {
    expect(nextStages("received")).toEqual(["diagnosing", "awaiting_parts", "in_repair"]);
    expect(nextStages("completed")).toEqual([]);
    expect(moveTo("diagnosing", "awaiting_approval")).toEqual({ kind: "advance", status: "awaiting_approval" });
  });

  it("says why a device just received waits for no approval yet", () => {
    expect(moveTo("received", "awaiting_approval")).toEqual({
      kind: "no",
      why: "Look at the device before somebody approves a price.",
    });
  });

  it("asks for the outcome, the receiver or the reason where a move needs words", () => {
    expect(commandOf(moveTo("in_repair", "completed"))).toBe("complete_service");
    expect(commandOf(moveTo("completed", "delivered"))).toBe("deliver_service");
    expect(commandOf(moveTo("cancelled", "delivered"))).toBe("deliver_service");
    expect(commandOf(moveTo("completed", "in_repair"))).toBe("reopen_service");
    expect(commandOf(moveTo("received", "cancelled"))).toBe("cancel_service");
  });

  it("moves nothing that was handed back", () => {
    for (const to of STATUSES.filter((status) => status !== "delivered")) {
      expect(moveTo("delivered", to).kind).toBe("no");
    }
  });

  it("stays where it is when dropped on its own column", () => {
    for (const status of STATUSES) expect(moveTo(status, status)).toEqual({ kind: "stay" });
  });

  it("counts a finished device as open, but no longer at work", () => {
    expect(STATUSES.filter(isOpen)).toHaveLength(6);
    expect(STATUSES.filter(isAtWork)).not.toContain("completed");
  });
});
