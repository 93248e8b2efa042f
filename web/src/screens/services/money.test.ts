import { describe, expect, it } from "vitest";
import { currencies, digitsOf, majorOf, minorOf, showMoney, usualCurrency } from "./money";

describe("money in minor units", () => {
  it("reads with the digits of its currency", () => {
    expect(showMoney(12950, "EUR", "en-GB")).toBe("€129.50");
    expect(showMoney(12950, "JPY", "en-GB")).toBe("JP¥12,950");
    expect(digitsOf("KWD")).toBe(3);
  });

  it("comes back as the minor units that were typed, without the dust of fractions", () => {
    expect(minorOf(0.29, "EUR")).toBe(29);
    expect(minorOf("1129.10", "EUR")).toBe(112910);
    expect(minorOf(1500, "JPY")).toBe(1500);
    expect(minorOf("", "EUR")).toBeNull();
    expect(minorOf(majorOf(112911, "EUR"), "EUR")).toBe(112911);
  });

  it("shows what it does not know as it is", () => {
    expect(showMoney(5, "??", "en")).toBe("0.05 ??");
    expect(showMoney(5, null)).toBe("5");
  });

  it("takes the currency last written down as the usual one", () => {
    const services = [
      { currency: "CHF", updated_at: "2026-11-02" },
      { currency: "EUR", updated_at: "2026-11-01" },
      { currency: null, updated_at: "2026-11-09" },
    ];
    expect(usualCurrency(services)).toBe("CHF");
    expect(usualCurrency([])).toBe("EUR");
    expect(currencies("CHF").slice(0, 1)).toEqual(["CHF"]);
    expect(currencies("CHF").filter((one) => one === "CHF")).toHaveLength(1);
  });
});
