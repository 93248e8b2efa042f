// Nothing moves under the pointer or the keyboard focus (V4). A list that someone is in keeps its order: what arrives
// above waits behind "3 new", what leaves stays as a ghost in its place, and what is appended below simply appears.
// What a person did himself is never held back. When nobody is in the list it follows at once.

/** Anything with an id. */
export interface Item {
  id: string;
}

/** One place of the list: the record, or the ghost of one that has left. */
export interface Place<T extends Item> {
  item: T;
  ghost: boolean;
}

/** What a list shows, and what waits. */
export interface Shown<T extends Item> {
  places: readonly Place<T>[];
  /** how many have arrived and are not shown yet */
  waiting: number;
}

/** In what state the list is. */
export interface Holding {
  /** the pointer or the focus is in it: nothing may move */
  held: boolean;
  /** it is scrolled away from its top: nothing may be pushed in above */
  scrolled: boolean;
  /** ids of what the reader himself is changing just now */
  mine: ReadonlySet<string>;
}

const fresh = <T extends Item>(target: readonly T[]): Shown<T> => ({
  places: target.map((item) => ({ item, ghost: false })),
  waiting: 0,
});

function kept<T extends Item>(shown: Shown<T>, target: ReadonlyMap<string, T>, { held, mine }: Holding): Place<T>[] {
  const places: Place<T>[] = [];
  for (const place of shown.places) {
    const now = target.get(place.item.id);
    if (now !== undefined) places.push(place.item === now && !place.ghost ? place : { item: now, ghost: false });
    else if (held && !mine.has(place.item.id)) places.push(place.ghost ? place : { item: place.item, ghost: true });
  }
  return places;
}

/** Puts an item in front of the first shown one that follows it in the target. */
function insert<T extends Item>(places: Place<T>[], item: T, after: ReadonlySet<string>) {
  const at = places.findIndex((place) => after.has(place.item.id));
  places.splice(at === -1 ? places.length : at, 0, { item, ghost: false });
}

function arrivals<T extends Item>(places: Place<T>[], target: readonly T[], mine: ReadonlySet<string>): number {
  const there = new Set(places.map((place) => place.item.id));
  const last = target.findLastIndex((item) => there.has(item.id));
  let waiting = 0;
  target.forEach((item, index) => {
    if (there.has(item.id)) return;
    if (index > last) places.push({ item, ghost: false });
    else if (mine.has(item.id)) insert(places, item, new Set(target.slice(index + 1).map((one) => one.id)));
    else waiting += 1;
  });
  return waiting;
}

/** What is shown next, given what was shown and how things really stand. */
export function heldOrder<T extends Item>(shown: Shown<T> | null, target: readonly T[], holding: Holding): Shown<T> {
  if (shown === null || !(holding.held || holding.scrolled)) return fresh(target);
  const places = kept(shown, new Map(target.map((item) => [item.id, item])), holding);
  return { waiting: arrivals(places, target, holding.mine), places };
}
