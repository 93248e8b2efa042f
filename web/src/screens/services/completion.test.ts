import { describe, expect, it } from "vitest";
import { likelyOutcome, needsWork, OUTCOMES, whyNot } from "./completion";
import { isAtWork, STATUSES } from "./stages";

describe("how a repair may end (DOMAIN: complete_service)", () => {
  it("calls a device repaired or replaced only from diagnosing or in repair", () => {
    expect(whyNot("repaired", "in_repair")).toBeNull();
    expect(whyNot("replaced", "diagnosing")).toBeNull();
    expect(whyNot("repaired", "received")).toMatch(/after the work/);
    expect(whyNot("replaced", "awaiting_parts")).toMatch(/after the work/);
  });

  it("lets every other outcome be said at any time", () => {
    for (const outcome of OUTCOMES.filter((one) => !needsWork(one))) expect(whyNot(outcome, "received")).toBeNull();
  });

  it("never offers first what would be refused", () => {
    for (const status of STATUSES.filter(isAtWork)) expect(whyNot(likelyOutcome(status), status)).toBeNull();
  });
});
