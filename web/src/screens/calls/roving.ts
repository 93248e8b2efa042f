// Where the arrows and j/k lead among the columns (U2). Pure geometry over ids: up and down within a column, left and
// right to the card at the same height in the next column that has any.

/** Columns of ids, left to right and top to bottom. */
export type Grid = readonly (readonly string[])[];

/** A step of the keyboard. */
export type Step = "up" | "down" | "left" | "right" | "first" | "last";

/** Where an id stands in the grid. */
export interface Spot {
  column: number;
  row: number;
}

/** The step that a key means, if any. */
export function stepOf(key: string): Step | null {
  switch (key) {
    case "ArrowUp":
    case "k":
      return "up";
    case "ArrowDown":
    case "j":
      return "down";
    case "ArrowLeft":
      return "left";
    case "ArrowRight":
      return "right";
    case "Home":
      return "first";
    case "End":
      return "last";
    default:
      return null;
  }
}

/** Finds an id. */
export function spotOf(grid: Grid, id: string | null): Spot | null {
  if (id === null) return null;
  for (const [column, ids] of grid.entries()) {
    const row = ids.indexOf(id);
    if (row !== -1) return { column, row };
  }
  return null;
}

/** The id at a spot, or the nearest one above it, or the first anywhere. */
export function nearest(grid: Grid, spot: Spot | null): string | null {
  const ids = spot === null ? [] : (grid[spot.column] ?? []);
  const row = Math.min(spot?.row ?? 0, ids.length - 1);
  return ids[row] ?? grid.find((column) => column.length > 0)?.[0] ?? null;
}

function sideways(grid: Grid, { column, row }: Spot, by: 1 | -1): string | null {
  for (let at = column + by; at >= 0 && at < grid.length; at += by) {
    const ids = grid[at] ?? [];
    if (ids.length > 0) return ids[Math.min(row, ids.length - 1)] ?? null;
  }
  return null;
}

/** The id that a step from `from` leads to; where there is nothing further it stays. */
export function stepped(grid: Grid, from: string | null, step: Step): string | null {
  const spot = spotOf(grid, from);
  if (spot === null) return nearest(grid, null);
  const ids = grid[spot.column] ?? [];
  if (step === "first") return ids[0] ?? from;
  if (step === "last") return ids.at(-1) ?? from;
  if (step === "left" || step === "right") return sideways(grid, spot, step === "left" ? -1 : 1) ?? from;
  return ids[spot.row + (step === "down" ? 1 : -1)] ?? from;
}
