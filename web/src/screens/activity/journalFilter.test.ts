import { describe, expect, it } from "vitest";
import { belongs, filterOf, isNarrowed, momentsOf, withFilter } from "./journalFilter";

const everything = { actor: null, resource: null, from: null, to: null };

describe("The filter of the journal", () => {
  it("comes back from its address as it was", () => {
    const filter = { actor: "ana", resource: "services" as const, from: "2026-11-01", to: "2026-11-20" };
    expect(filterOf(withFilter(new URLSearchParams("new=call"), filter))).toEqual(filter);
  });

  it("leaves the rest of the address alone", () => {
    const query = withFilter(new URLSearchParams("new=call&person=ana"), everything);
    expect(query.toString()).toBe("new=call");
  });

  it("passes over what an address cannot mean", () => {
    expect(filterOf(new URLSearchParams("kind=secrets&from=yesterday&to=2026-99-99"))).toEqual(everything);
    expect(isNarrowed(everything)).toBe(false);
  });

  it("reaches from the start of the first day to the end of the last, as days are here", () => {
    const { from, before } = momentsOf({ ...everything, from: "2026-11-20", to: "2026-11-20" });
    expect(new Date(from ?? "")).toEqual(new Date(2026, 10, 20));
    expect(new Date(before ?? "")).toEqual(new Date(2026, 10, 21));
  });

  it("takes a live entry only where person, kind and day fit", () => {
    const entry = {
      actor: { id: "ana" },
      resource: "calls" as const,
      at: new Date(2026, 10, 20, 23, 59).toISOString(),
    };
    expect(belongs(entry, everything)).toBe(true);
    expect(belongs(entry, { ...everything, actor: "ben" })).toBe(false);
    expect(belongs(entry, { ...everything, resource: "notes" })).toBe(false);
    expect(belongs(entry, { ...everything, to: "2026-11-20" })).toBe(true);
    expect(belongs(entry, { ...everything, to: "2026-11-19" })).toBe(false);
    expect(belongs(entry, { ...everything, from: "2026-11-21" })).toBe(false);
  });
});
