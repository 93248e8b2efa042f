// Which places to write so that a list stands in the order in which it was dragged: as few as can be (S4).
// A category keeps its sort_order whenever the others fit around it, so a drag is mostly a single command.

/** What has a place in a list. */
export interface Placed {
  readonly id: string;
  readonly sort_order: number;
}

/** A new place for one of them. */
export interface Move {
  readonly id: string;
  readonly sort_order: number;
}

/** The order in which categories are shown: by place, and by number where two share one. */
export const byPlace = (a: Placed & { number: number }, b: Placed & { number: number }): number =>
  a.sort_order - b.sort_order || a.number - b.number;

/** The fewest moves after which `wanted` is strictly ascending; none where it is already. */
export function movesFor(wanted: readonly Placed[]): Move[] {
  const kept = longestKept(wanted);
  return stretches(wanted, kept).flatMap(({ from, to }) => placesBetween(wanted, from, to));
}

/**
 * Those who keep their place: a and b can both stay when there is room for everyone between them, that is when
 * `sort_order - index` does not fall. The longest such row is found by patience sorting.
 */
function longestKept(wanted: readonly Placed[]): number[] {
  const room = wanted.map((one, index) => one.sort_order - index);
  const tails: number[] = [];
  const before = new Map<number, number | undefined>();
  room.forEach((value, index) => {
    const length = tails.findIndex((tail) => (room[tail] ?? 0) > value);
    const place = length < 0 ? tails.length : length;
    before.set(index, tails[place - 1]);
    tails[place] = index;
  });
  const kept: number[] = [];
  for (let at = tails.at(-1); at !== undefined; at = before.get(at)) kept.unshift(at);
  return kept;
}

/** The gaps between those who stay, by the indices of the neighbours who do; -1 and the length stand for the ends. */
function stretches(wanted: readonly Placed[], kept: readonly number[]): { from: number; to: number }[] {
  const posts = [-1, ...kept, wanted.length];
  return posts.slice(1).map((to, index) => ({ from: posts[index] ?? -1, to }));
}

/** Places for everyone between two neighbours: spread over the gap, so that the next drag finds room too. */
function placesBetween(wanted: readonly Placed[], from: number, to: number): Move[] {
  const moved = wanted.slice(from + 1, to);
  const low = wanted[from]?.sort_order;
  const high = wanted[to]?.sort_order;
  return moved.map(({ id }, index) => {
    if (low !== undefined && high !== undefined) {
      return { id, sort_order: low + Math.floor(((high - low) * (index + 1)) / (moved.length + 1)) };
    }
    if (low !== undefined) return { id, sort_order: low + index + 1 };
    return { id, sort_order: (high ?? moved.length + 1) - moved.length + index };
  });
}
