// @vitest-environment node
import { describe, expect, it } from "vitest";
import { type AnyRecord, type Held, type Note, nothingHeld, type Plural } from "@/realtime";
import { aCall, aCustomer, aService, aUser } from "@/realtime/fixtures/sampleRecords";
import { makeRecordSearch } from "./recordSearch";

function holding(records: Partial<Record<Plural, readonly AnyRecord[]>>): Held {
  const tables = Object.entries(records).map(([plural, list]) => [
    plural,
    new Map(list.map((each) => [each.id, each])),
  ]);
  return { ...nothingHeld(), ...Object.fromEntries(tables) };
}

const found = (held: Held, query: string) =>
  makeRecordSearch()
    .find(held, query, 10)
    .flatMap(({ hits }) => hits.map(({ id }) => id));

describe("the search of records (U2)", () => {
  const held = holding({
    calls: [
      aCall({
        id: "boiler",
        number: 1042,
        title: "Boiler drips",
        customer_name: "Señora Muñoz",
        customer_phone: "+49 (151) 234-56 78",
      }),
      aCall({ id: "door", number: 12, title: "Door sticks", description: "Called twice about the Boiler room" }),
    ],
    services: [
      aService({
        id: "kettle",
        number: 1042,
        device_type: "Kettle",
        serial_number: "SN-12 34/AB",
        accessories: ["Base plate"],
      }),
    ],
    customers: [aCustomer({ id: "munoz", name: "Muñoz", email: "m@example.org" })],
    users: [aUser({ id: "ana", display_name: "Ana Ortega", skills: ["Gas"] })],
  });

  it("finds every word in any text, whatever case and accents", () => {
    expect(found(held, "munoz BOILER")).toEqual(["boiler"]);
    expect(found(held, "muñoz")).toEqual(["boiler", "munoz"]);
  });

  it("finds phones by their digits in any grouping, with or without the leading zero", () => {
    for (const typed of ["1512345678", "0151 2345", "23 456-78"]) expect(found(held, typed)).toContain("boiler");
  });

  it("finds a number as people write it, of its own kind only", () => {
    expect(found(held, "C-1042")).toEqual(["boiler"]);
    expect(found(held, "s1042")).toEqual(["kettle"]);
    expect(found(held, "1042").slice(0, 2)).toEqual(["boiler", "kettle"]);
  });

  it("finds serials without their punctuation, accessories, skills and mail addresses", () => {
    expect(found(held, "sn1234ab")).toEqual(["kettle"]);
    expect(found(held, "base plate")).toEqual(["kettle"]);
    expect(found(held, "gas")).toEqual(["ana"]);
    expect(found(held, "m@example")).toEqual(["munoz"]);
  });

  it("finds a record by what stands in its notes", () => {
    const note = { id: "n", record_id: "door", text: "Ask for the Schlüssel" } as Note;
    const noted = {
      ...held,
      notes: holding({ notes: [note] }).notes,
    };
    expect(found(noted, "schlussel")).toEqual(["door"]);
  });

  it("puts titles that begin so first, then words within, then the rest", () => {
    expect(found(held, "boiler")).toEqual(["boiler", "door"]);
  });

  it("puts open work before work that is done, newest first", () => {
    const work = holding({
      calls: [
        aCall({ id: "done", number: 9, status: "closed" }),
        aCall({ id: "old", number: 3 }),
        aCall({ id: "new", number: 8 }),
      ],
    });
    expect(found(work, "boiler")).toEqual(["new", "old", "done"]);
  });

  it("finds nothing for nothing, and says how many there are beyond the best", () => {
    expect(makeRecordSearch().find(held, "  ", 5)).toEqual([]);
    const many = holding({ calls: Array.from({ length: 30 }, (_, at) => aCall({ id: `c${at}`, number: at + 1 })) });
    const [group] = makeRecordSearch().find(many, "boiler", 6);
    expect([group?.hits.length, group?.total]).toEqual([6, 30]);
  });

  it("sees a record anew once it has changed", () => {
    const search = makeRecordSearch();
    search.find(held, "boiler", 5);
    const changed = { ...held, calls: new Map([["boiler", aCall({ id: "boiler", title: "Radiator cold" })]]) };
    expect(search.find(changed, "radiator", 5).flatMap(({ hits }) => hits.map(({ title }) => title))).toEqual([
      "Radiator cold",
    ]);
  });

  it("answers within 100 ms at 10,000 records (V5)", () => {
    const calls = Array.from({ length: 10_000 }, (_, at) =>
      aCall({
        id: `c${at}`,
        number: at + 1,
        title: `Café machine ${at} leaks`,
        description: "Straße überflutet ".repeat(8),
      }),
    );
    const many = holding({ calls });
    const search = makeRecordSearch();
    for (const steps = search.warm(many); !steps.next().done; );
    const times = ["c", "ca", "cafe", "cafe 9", "cafe 999"].map((typed) => {
      const begun = performance.now();
      search.find(many, typed, 6);
      return performance.now() - begun;
    });
    expect(times.toSorted((a, b) => a - b)[2]).toBeLessThan(100);
    expect(search.find(many, "cafe 999", 6)[0]?.total).toBe(29);
  });
});
