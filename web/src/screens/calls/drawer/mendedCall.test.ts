import { describe, expect, it } from "vitest";
import { type Entry, Refusal } from "@/realtime";
import { mendedCall } from "./mendedCall";

const entry = (command: string, payload: Record<string, unknown>, code = "invalid", fields = {}): Entry =>
  ({
    op_id: command,
    command,
    payload,
    at: 0,
    state: "refused",
    refusal: new Refusal({ code, message: "No.", fields, retry: false }),
  }) as Entry;
const call = { id: "c9", title: "Boiler drips", customer_name: "Bo Li", customer_id: "m9", priority: "high" };

describe("a refused call, read back into its form (L4)", () => {
  it("has every word, and says beside the field what was wrong", () => {
    const mended = mendedCall(entry("create_call", call, "invalid", { title: "Too long." }), [], () => true);
    expect(mended.draft).toMatchObject({ title: "Boiler drips", customerId: "m9", priority: "high", solved: false });
    expect(mended.faults).toEqual({ title: "Too long." });
    expect(mended.sentence).toBeNull();
    expect(mended.ids).toEqual({ call: "c9" });
  });

  it("says the sentence where no field is to blame, and takes another id where that one is in use", () => {
    const mended = mendedCall(entry("create_call", call, "taken"), [], () => true);
    expect(mended.sentence).toBe("No.");
    expect(mended.ids.call).toBeUndefined();
  });

  it("makes its customer with it, under the id he was to have, where he was not made", () => {
    const mended = mendedCall(entry("create_call", call), [], () => false);
    expect(mended.draft).toMatchObject({ customerId: null, customerName: "Bo Li", keepCustomer: true });
    expect(mended.ids.customer).toBe("m9");
  });

  it("is solved on the phone again where that was refused with it", () => {
    const solution = entry("complete_call", { id: "c9", resolution: "Closed the valve" }, "not_found");
    const mended = mendedCall(entry("create_call", call), [solution], () => true);
    expect(mended.draft).toMatchObject({ solved: true, resolution: "Closed the valve" });
  });
});
