import { describe, expect, it } from "vitest";
import { asidesOf, barOf, stepsOf } from "./actions";
import { aService } from "./fixtures";
import { STATUSES, type Status } from "./stages";

const labels = (status: Status, technician_id: string | null = "somebody") => {
  const service = aService({ status, technician_id });
  return { steps: stepsOf(service).map((one) => one.label), asides: asidesOf(service).map((one) => one.label) };
};

describe("what can be done with a repair as it stands", () => {
  it("offers the next stages first, and completing first once it is in repair", () => {
    expect(labels("received").steps).toEqual(["Start diagnosing", "Wait for parts", "Start repair", "Complete…"]);
    expect(labels("in_repair").steps[0]).toBe("Complete…");
  });

  it("offers the repair first once it is known what is wrong, or what it waited for is there", () => {
    expect(labels("diagnosing").steps[0]).toBe("Start repair");
    expect(labels("awaiting_parts").steps[0]).toBe("Start repair");
    expect(labels("awaiting_approval").steps).toEqual([
      "Start repair",
      "Start diagnosing",
      "Wait for parts",
      "Complete…",
    ]);
  });

  it("offers handing out or back, or reopening, once the work is over", () => {
    expect(labels("completed").steps).toEqual(["Hand out…", "Reopen…"]);
    expect(labels("cancelled").steps).toEqual(["Hand back…", "Reopen…"]);
  });

  it("leaves to a device handed back only taking it in again, and its deletion", () => {
    expect(labels("delivered")).toEqual({ steps: ["Take in again…"], asides: ["Delete"] });
  });

  it("offers to take what nobody has", () => {
    expect(labels("received", null).asides).toEqual(["Take it", "Assign…", "Cancel the repair…", "Delete"]);
    expect(labels("received").asides).not.toContain("Take it");
    expect(labels("completed").asides).not.toContain("Cancel the repair…");
  });

  it("has an order for every status", () => {
    for (const status of STATUSES) expect(labels(status).steps.length).toBeGreaterThan(0);
  });

  it("shows as buttons only what is allowed, taking what nobody has first, and keeps the rest apart", () => {
    const bar = barOf(aService({ technician_id: null }), (command) => command !== "delete_service");
    expect(bar.buttons.map((one) => one.label)).toEqual(["Take it", "Start diagnosing"]);
    expect(bar.barred.map((one) => one.label)).toEqual(["Delete"]);
    const none = barOf(aService(), () => false);
    expect(none.buttons).toEqual([]);
    expect(none.barred).toHaveLength(
      stepsOf(aService()).length + asidesOf(aService({ technician_id: "x" })).length + 1,
    );
  });
});
