import { describe, expect, it } from "vitest";
import { byPlace, type Move, movesFor, type Placed } from "./moves";

const placed = (...places: [string, number][]): Placed[] => places.map(([id, sort_order]) => ({ id, sort_order }));

function placesAfter(wanted: readonly Placed[], moves: readonly Move[]): number[] {
  const moved = new Map(moves.map((move) => [move.id, move.sort_order]));
  return wanted.map((one) => moved.get(one.id) ?? one.sort_order);
}

function fewest(wanted: readonly Placed[]): number {
  let best = wanted.length;
  for (let mask = 0; mask < 2 ** wanted.length; mask += 1) {
    const stay = wanted
      .map((one, index) => ({ place: one.sort_order, index }))
      .filter(({ index }) => mask & (1 << index));
    const fits = stay.every(({ place, index }, n) => {
      const last = stay[n - 1];
      return last === undefined || place - last.place >= index - last.index;
    });
    if (fits) best = Math.min(best, wanted.length - stay.length);
  }
  return best;
}

describe("Places of a dragged list (S4)", () => {
  it("writes nothing where the order is as it was", () => {
    expect(movesFor(placed(["a", 1], ["b", 2], ["c", 9]))).toEqual([]);
    expect(movesFor([])).toEqual([]);
  });

  it("writes one place when the last one is dragged to the top", () => {
    expect(movesFor(placed(["c", 3], ["a", 1], ["b", 2]))).toEqual([{ id: "c", sort_order: 0 }]);
  });

  it("writes one place when the first one is dragged to the end", () => {
    expect(movesFor(placed(["b", 2], ["c", 3], ["a", 1]))).toEqual([{ id: "a", sort_order: 4 }]);
  });

  it("lands in the middle of a gap, so that the next drag finds room too", () => {
    expect(movesFor(placed(["a", 10], ["c", 30], ["b", 20]))).toHaveLength(1);
    expect(movesFor(placed(["a", 0], ["x", 500], ["b", 100]))).toEqual([{ id: "x", sort_order: 50 }]);
  });

  it("sorts out places that several share", () => {
    const wanted = placed(["a", 0], ["b", 0], ["c", 0]);
    const places = placesAfter(wanted, movesFor(wanted));
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
    expect(movesFor(wanted)).toHaveLength(2);
  });

  it("makes every order strictly ascending with the fewest commands there can be", () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    for (let round = 0; round < 400; round += 1) {
      const wanted = Array.from({ length: random(8) }, (_, index) => ({ id: `${index}`, sort_order: random(12) - 4 }));
      const moves = movesFor(wanted);
      const places = placesAfter(wanted, moves);
      expect(places.every((place, index) => index === 0 || place > (places[index - 1] ?? place))).toBe(true);
      expect(moves.length).toBe(fewest(wanted));
    }
  });

  it("shows those that share a place by number", () => {
    const list = [
      { id: "b", sort_order: 1, number: 2 },
      { id: "a", sort_order: 1, number: 1 },
      { id: "c", sort_order: 0, number: 3 },
    ];
    expect(list.sort(byPlace).map((one) => one.id)).toEqual(["c", "a", "b"]);
  });
});
