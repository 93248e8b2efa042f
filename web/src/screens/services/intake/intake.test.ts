import { describe, expect, it } from "vitest";
import { aService } from "../fixtures";
import { commandOf, emptyIntake, filledIn, isWritten, missing, reworkIntake } from "./intake";

const filled = {
  ...emptyIntake("EUR"),
  customer_name: " Zoë ",
  device_type: "Laptop",
  reported_fault: "Dead\nsince Monday",
};

describe("taking a device in", () => {
  it("sends what was said, trimmed, and leaves out what was not", () => {
    expect(commandOf(filled, true)).toEqual({
      customer_name: "Zoë",
      device_type: "Laptop",
      reported_fault: "Dead\nsince Monday",
      accessories: [],
    });
  });

  it("sends an estimate in minor units with its currency, and only by who may say prices", () => {
    const priced = { ...filled, estimate: 129.5 };
    expect(commandOf(priced, true)).toMatchObject({ estimate_minor: 12950, currency: "EUR" });
    expect(commandOf(priced, false)).not.toHaveProperty("estimate_minor");
  });

  it("says what is still missing", () => {
    expect(Object.keys(missing(emptyIntake("EUR")))).toEqual(["customer_name", "device_type", "reported_fault"]);
    expect(missing(filled)).toEqual({});
  });

  it("takes the same device of the same customer in again as a rework, with a fault of its own", () => {
    const rework = reworkIntake(aService({ id: "old", currency: "CHF", customer_id: "zoe" }), "EUR");
    expect(rework).toMatchObject({ rework_of: "old", customer_id: "zoe", device_type: "Laptop", currency: "CHF" });
    expect(rework.reported_fault).toBe("");
    expect(commandOf({ ...rework, reported_fault: "Again" }, true)).toMatchObject({ rework_of: "old" });
  });

  it("lets a category fill in what nobody wrote, and the next one take its place", () => {
    const laptop = { device_type: "Laptop", promised_on: "2026-11-27" };
    const first = filledIn(emptyIntake("EUR"), {}, laptop);
    expect(first).toMatchObject(laptop);
    expect(filledIn(first, laptop, { device_type: "Printer" })).toMatchObject({
      device_type: "Printer",
      promised_on: null,
    });
    const said = { ...first, device_type: "Old laptop" };
    expect(filledIn(said, laptop, { device_type: "Printer" }).device_type).toBe("Old laptop");
  });

  it("misses nothing that only the category filled in", () => {
    const empty = emptyIntake("EUR");
    const laptop = { device_type: "Laptop", promised_on: "2026-11-27" };
    expect(isWritten(empty, empty)).toBe(false);
    expect(isWritten({ ...filledIn(empty, {}, laptop), category_id: "laptops" }, empty, laptop)).toBe(false);
    expect(isWritten({ ...empty, condition: "Scratched" }, empty)).toBe(true);
  });
});
