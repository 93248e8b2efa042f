import { expect, it } from "vitest";
import { type Holding, heldOrder, type Item, type Shown } from "./heldOrder";

const free: Holding = { held: false, scrolled: false, mine: new Set() };
const held: Holding = { ...free, held: true };
const scrolled: Holding = { ...free, scrolled: true };
const items = (ids: string): Item[] => ids.split(" ").map((id) => ({ id }));
const seen = (shown: Shown<Item>) =>
  shown.places.map(({ item, ghost }) => (ghost ? `(${item.id})` : item.id)).join(" ");
const start = heldOrder(null, items("a b c"), held);

it("V4: a list that nobody is in follows at once", () => {
  const shown = heldOrder(start, items("x b a"), free);
  expect([seen(shown), shown.waiting]).toEqual(["x b a", 0]);
});

it("V4: what arrives above waits while somebody is in the list, and appears when he leaves", () => {
  const shown = heldOrder(start, items("x y a b c"), held);
  expect([seen(shown), shown.waiting]).toEqual(["a b c", 2]);
  const after = heldOrder(shown, items("x y a b c"), free);
  expect([seen(after), after.waiting]).toEqual(["x y a b c", 0]);
});

it("V4: what arrives below everything shown simply appears", () => {
  const shown = heldOrder(start, items("a b c d"), held);
  expect([seen(shown), shown.waiting]).toEqual(["a b c d", 0]);
});

it("V4: what leaves stays as a ghost under the pointer, and is a card again when it comes back", () => {
  const shown = heldOrder(start, items("a c"), held);
  expect(seen(shown)).toBe("a (b) c");
  expect(seen(heldOrder(shown, items("b a c"), held))).toBe("a b c");
});

it("V4: a list that is only scrolled keeps no ghosts, but lets nothing in above", () => {
  const shown = heldOrder(start, items("x a c"), scrolled);
  expect([seen(shown), shown.waiting]).toEqual(["a c", 1]);
});

it("V4: a new order waits as long as somebody is in the list", () => {
  expect(seen(heldOrder(start, items("c b a"), held))).toBe("a b c");
});

it("V4: what the reader does himself is never held back", () => {
  const mine: Holding = { ...held, mine: new Set(["b", "x"]) };
  const shown = heldOrder(start, items("x a c"), mine);
  expect([seen(shown), shown.waiting]).toEqual(["x a c", 0]);
});

it("V4: a changed record shows its change in its place", () => {
  const changed = { id: "b", title: "louder" };
  const shown = heldOrder(start, [...items("c"), changed, ...items("a")], held);
  expect(shown.places[1]?.item).toBe(changed);
});
