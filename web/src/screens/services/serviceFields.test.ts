import { describe, expect, it } from "vitest";
import { whyNoPrices, withCurrency } from "./serviceFields";

describe("prices", () => {
  it("are said by the desk and the lead, not by an engineer (DOMAIN)", () => {
    expect(whyNoPrices({ role: "front_desk" })).toBeNull();
    expect(whyNoPrices({ role: "dispatcher" })).toBeNull();
    expect(whyNoPrices({ role: "engineer" })).toMatch(/^Only an admin/);
  });

  it("bring the usual currency with them the first time only", () => {
    expect(withCurrency({ price_minor: 100 }, { currency: null }, "EUR")).toEqual({
      price_minor: 100,
      currency: "EUR",
    });
    expect(withCurrency({ price_minor: 100 }, { currency: "CHF" }, "EUR")).toEqual({ price_minor: 100 });
    expect(withCurrency({ brand: "HP" }, { currency: null }, "EUR")).toEqual({ brand: "HP" });
    expect(withCurrency({ price_minor: null }, { currency: null }, "EUR")).toEqual({ price_minor: null });
  });
});
