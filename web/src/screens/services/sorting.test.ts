import { describe, expect, it } from "vitest";
import type { SortKey } from "./filters";
import { aService } from "./fixtures";
import { boardOrder, listOrder } from "./sorting";

const numbers = (services: { number: number }[]) => services.map(({ number }) => number);

describe("the order of repairs", () => {
  it("puts what was promised first on top of the board, then what waits longest", () => {
    const services = [
      aService({ number: 1, received_at: "2026-11-03" }),
      aService({ number: 2, received_at: "2026-11-01" }),
      aService({ number: 3, promised_on: "2026-12-01" }),
      aService({ number: 4, promised_on: "2026-11-25" }),
    ];
    expect(numbers(services.sort(boardOrder))).toEqual([4, 3, 2, 1]);
  });

  it("shows what was handed back newest first", () => {
    const services = [
      aService({ number: 1, status: "delivered", updated_at: "2026-11-01" }),
      aService({ number: 2, status: "delivered", updated_at: "2026-11-05" }),
    ];
    expect(numbers(services.sort(boardOrder))).toEqual([2, 1]);
  });

  it("orders rows by the column clicked, either way", () => {
    const names: Record<string, string> = { x: "Ana", y: "Bo" };
    const services = [
      aService({ number: 1, customer_name: "Émile", technician_id: "y", status: "in_repair" }),
      aService({ number: 2, customer_name: "Eva", technician_id: null, status: "completed" }),
      aService({ number: 3, customer_name: "Dora", technician_id: "x", status: "received" }),
    ];
    const by = (key: SortKey, down = false) =>
      numbers([...services].sort(listOrder({ key, down }, (id) => names[id] ?? "")));
    expect(by("customer")).toEqual([3, 1, 2]);
    expect(by("technician")).toEqual([3, 1, 2]);
    expect(by("status", true)).toEqual([2, 1, 3]);
    expect(by("number", true)).toEqual([3, 2, 1]);
  });
});
