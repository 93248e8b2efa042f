import { describe, expect, it } from "vitest";
import { hasChanged } from "./changed";
import type { Ack } from "./wire";

const ack = (version: number, cursor: string, also_total = 0, updated_by = "ada") =>
  ({ data: { version, updated_by }, also: [], also_total, cursor }) as unknown as Ack<"update_call">;

describe("an acknowledged command", () => {
  it("changed something where its record was made by the change at the cursor (D6)", () => {
    expect(hasChanged(ack(17, "e.17"), "ada")).toBe(true);
  });

  it("changed something where others of its set came after its record", () => {
    expect(hasChanged(ack(15, "e.17", 2), "ada")).toBe(true);
  });

  it("changed nothing where its record is older than the place it was acknowledged at", () => {
    expect(hasChanged(ack(16, "e.17"), "ada")).toBe(false);
  });

  it("changed nothing where the last change is somebody else's", () => {
    expect(hasChanged(ack(17, "e.17", 0, "bruno"), "ada")).toBe(false);
  });

  it("changed something where its record is gone", () => {
    expect(hasChanged({ data: null, also: [], also_total: 0, cursor: "e.17" } as Ack<"delete_call">, "ada")).toBe(true);
  });
});
