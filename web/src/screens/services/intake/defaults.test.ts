import { describe, expect, it } from "vitest";
import type { ServiceCategory } from "@/realtime/schema";
import { aService } from "../fixtures";
import { defaultsOf } from "./defaults";

const laptops = { id: "laptops", name: "Laptops" } as ServiceCategory;
const laptop = (fields: Parameters<typeof aService>[0]) => aService({ category_id: "laptops", ...fields });

describe("the category's defaults (S3)", () => {
  it("are learnt from the latest repairs of that category", () => {
    const services = [
      laptop({ device_type: "Notebook", accessories: ["Charger", "Bag"], promised_on: "2026-11-23", brand: "HP" }),
      laptop({ device_type: "notebook", accessories: ["charger"], promised_on: "2026-11-25", brand: "HP" }),
      laptop({ device_type: "Laptop", promised_on: "2026-12-18", brand: "Dell" }),
      aService({ category_id: "printers", device_type: "Printer", accessories: ["Cable"] }),
    ];
    expect(defaultsOf(laptops, services)).toEqual({
      device_type: "Notebook",
      promisedInDays: 7,
      accessories: ["Charger", "Bag"],
      brands: ["HP", "Dell"],
    });
  });

  it("name the device after a category without repairs and promise nothing", () => {
    expect(defaultsOf(laptops, [])).toEqual({
      device_type: "Laptops",
      promisedInDays: null,
      accessories: [],
      brands: [],
    });
  });

  it("forget customs of long ago", () => {
    const old = Array.from({ length: 60 }, () =>
      laptop({ device_type: "Netbook", received_at: "2012-01-01T00:00:00Z" }),
    );
    const late = Array.from({ length: 40 }, () => laptop({ device_type: "Laptop" }));
    expect(defaultsOf(laptops, [...old, ...late]).device_type).toBe("Laptop");
  });

  it("name no device where no category was chosen", () => {
    expect(defaultsOf(undefined, [laptop({})]).device_type).toBe("");
  });
});
