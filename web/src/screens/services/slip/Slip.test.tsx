import { cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { aService } from "../fixtures";
import { linesOf, Slip } from "./Slip";

afterEach(cleanup);

const show = (fields: Parameters<typeof aService>[0] = {}) =>
  render(<Slip service={aService(fields)} house="Harbour Street Repairs" origin="https://repairs.example" />);
const copy = (name: string) => within(screen.getByRole("article", { name }));

describe("the slip (S3)", () => {
  it("has a copy for the customer and one for the workshop, both with number, code and address", async () => {
    show();
    for (const whose of ["Customer's copy", "Workshop's copy"]) {
      expect(copy(whose).getByText("S-0042")).toBeTruthy();
      expect(copy(whose).getByText("TXZ7-GAXT-QDQT")).toBeTruthy();
      expect(await copy(whose).findByTitle("QR code: https://repairs.example/track/TXZ7GAXTQDQT")).toBeTruthy();
    }
  });

  it("says what was handed in, what was promised and what it may cost", () => {
    const service = aService({
      accessories: ["Charger", "Bag"],
      promised_on: "2031-11-27",
      estimate_minor: 12950,
      currency: "EUR",
    });
    const lines = Object.fromEntries(linesOf(service, undefined, false));
    expect(lines).toMatchObject({
      Device: "Laptop · Lenovo · T480",
      Accessories: "Charger, Bag",
      Fault: "Does not start",
    });
    expect(lines["Promised for"]).toBe("Thu, 27 Nov 2031");
    expect(lines.Estimate).toContain("129.50");
  });

  it("says plainly that no accessories were handed in, and leaves out what nobody said", () => {
    const lines = Object.fromEntries(linesOf(aService({ serial_number: null }), undefined, false));
    expect(lines.Accessories).toBe("none");
    expect(lines).not.toHaveProperty("Serial number");
    expect(lines).not.toHaveProperty("Estimate");
  });

  it("gives the telephone number to the workshop's copy alone", () => {
    show();
    expect(copy("Workshop's copy").getByText("+358 40 123 4567")).toBeTruthy();
    expect(copy("Customer's copy").queryByText("+358 40 123 4567")).toBeNull();
  });
});
